"""What the player has set: by flag, environment, `.env` in the current folder, and files in the user's configuration folder.

The first that says something wins, in this order: flags, `UNWRITTEN_<NAME>` in the environment, the same in `.env`, `stage.toml`
(written by the settings screen), `settings.toml` (written by hand), the default.
"""

import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_config_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from rapidfuzz import process

PREFIX = "UNWRITTEN_"

Prefetch = Literal["off", "likely", "all"]
"""What is written ahead: nothing, the scene behind the choice in view, or those behind all choices."""

STAGE = ("text_speed", "text_size", "full_screen", "volume", "high_contrast", "reduced_motion", "prefetch", "prefetch_tokens")
"""What the settings screen sets, and all that is ever written to a file: no key among it."""


class SettingsError(Exception):
    """A setting is wrong: one line, what, where, what to do."""


class Settings(BaseSettings):
    """All settings, with their defaults.

    `timeout` is the longest silence of a client, in seconds. `window` is in tokens; 0 leaves it to the client. `threads` 0 leaves
    them to the machine. `prefetch` is how much is written ahead while the player reads, and `prefetch_tokens` how many tokens
    that may take in one sitting: 0 sets no cap on this machine, and keeps a service elsewhere from being asked ahead at all.
    `text_speed` is in characters a second, 0 shows text at once. `text_size` and `volume` are in percent.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore")

    client: str = "stub"
    model: str = ""
    base_url: str = ""
    api_key: SecretStr | None = None
    openai_api_key: Annotated[SecretStr | None, Field(validation_alias="OPENAI_API_KEY")] = None
    timeout: Annotated[float, Field(ge=0.05, le=3600)] = 30.0
    window: Annotated[int, Field(ge=0, le=1 << 22)] = 0
    threads: Annotated[int, Field(ge=0, le=1024)] = 0
    prefetch: Prefetch = "likely"
    prefetch_tokens: Annotated[int, Field(ge=0, le=1 << 31)] = 0
    text_speed: Annotated[int, Field(ge=0, le=1000)] = 60
    text_size: Annotated[int, Field(ge=50, le=300)] = 100
    full_screen: bool = False
    volume: Annotated[int, Field(ge=0, le=100)] = 80
    high_contrast: bool = False
    reduced_motion: bool = False

    def key_for(self, base_url: str) -> SecretStr | None:
        """The key for the service at `base_url` (empty: OpenAI's own). One set for OpenAI alone goes nowhere else."""
        host = urlsplit(base_url).hostname or ""
        openai = not base_url or host == "openai.com" or host.endswith(".openai.com")
        return self.api_key or (self.openai_api_key if openai else None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        files = (InitSettingsSource(settings_cls, _read(path)) for path in (stage_file(), settings_file()))
        return (init_settings, env_settings, dotenv_settings, *files)


def settings_file() -> Path:
    """The file that the player writes."""
    return user_config_path("unwritten", appauthor=False) / "settings.toml"


def stage_file() -> Path:
    """The file that the settings screen writes."""
    return user_config_path("unwritten", appauthor=False) / "stage.toml"


def load_settings(**flags: object) -> Settings:
    """The settings in force; flags that are None or empty were not given.

    Raises:
        SettingsError: one of them is wrong.
    """
    given = {name: value for name, value in flags.items() if value not in (None, "")}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic judges the values
    except ValidationError as error:
        raise SettingsError(_explain(error, given)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8; save it as UTF-8, or remove it") from None
    except OSError as error:
        raise SettingsError(f".env: cannot be read ({error.strerror}); allow it, or remove it") from None


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the stage's part to `path`, or to its place: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    path = path or stage_file()
    text = "".join(f"{name} = {_toml(getattr(settings, name))}\n" for name in STAGE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror}); what was set holds until you leave") from None


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _replace(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False) as fresh:
        fresh.write(text)
        fresh.flush()
        os.fsync(fresh.fileno())
    try:
        os.replace(fresh.name, path)
    except OSError:
        os.unlink(fresh.name)
        raise


def _read(path: Path) -> dict[str, object]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); allow it, or remove it") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8; save it as UTF-8, or remove it") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: is not TOML ({error}); mend it, or remove it") from None
    _check_names(path, found)
    return found


def _check_names(path: Path, found: Mapping[str, object]) -> None:
    names = [name for name in Settings.model_fields if name != "openai_api_key"]
    for name in found:
        if name not in names:
            near = process.extractOne(name, names, score_cutoff=60)
            advice = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(names)}"
            raise SettingsError(f'{path}: "{name}" is not a setting; {advice}')


def _explain(error: ValidationError, flags: Mapping[str, object]) -> str:
    """The first thing that is wrong: where it was set, and what it should be. A key's value is never shown."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]).lower()
    shown = "this value" if "key" in name else f'"{first["input"]}"'
    wanted = first["msg"].removeprefix("Input should be ").partition(", unable")[0]
    return f"{_where(name, flags)}: {shown} cannot be used; it should be {wanted}"


def _where(name: str, flags: Mapping[str, object]) -> str:
    variable = (name if name == "openai_api_key" else PREFIX + name).upper()
    if name in flags:
        return f"--{name.replace('_', '-')}"
    if any(key.upper() == variable for key in os.environ):
        return f"{variable} in the environment"
    if any(key.upper() == variable for key in DotEnvSettingsSource(Settings).env_vars):
        return f"{variable} in .env"
    path = next((path for path in (stage_file(), settings_file()) if name in _read(path)), settings_file())
    return f"{name} in {path}"
