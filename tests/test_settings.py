"""The settings: which of several wins, what is wrong with one, and what is written down."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from game.settings import STAGE, Settings, SettingsError, load_settings, save_settings, settings_file, stage_file


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of this machine: an empty folder, an empty configuration, no variables."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"UNWRITTEN_{name.upper()}", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setattr("game.settings.user_config_path", lambda *_, **__: tmp_path / "config")
    (tmp_path / "config").mkdir()
    monkeypatch.chdir(tmp_path)


def test_the_first_that_says_something_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [load_settings().volume]
    settings_file().write_text("volume = 1\n")
    seen.append(load_settings().volume)
    stage_file().write_text("volume = 2\n")
    seen.append(load_settings().volume)
    Path(".env").write_text("UNWRITTEN_VOLUME=3\n")
    seen.append(load_settings().volume)
    monkeypatch.setenv("UNWRITTEN_VOLUME", "4")
    seen.append(load_settings().volume)
    seen.append(load_settings(volume=5).volume)
    assert seen == [80, 1, 2, 3, 4, 5]


def test_a_flag_that_was_not_given_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNWRITTEN_MODEL", "some-model")
    assert load_settings(model="", client=None).model == "some-model"


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNWRITTEN_TIMEOUT", "")
    assert load_settings().timeout == 30.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("volume = 300\n", ("volume in", "settings.toml", '"300"', "less than or equal to 100")),
        ("volume = \n", ("settings.toml", "is not TOML", "line 1")),
        ("volum = 3\n", ("settings.toml", 'did you mean "volume"?')),
        ("zzz = 3\n", ("settings.toml", "there are client")),
        ("openai_api_key = 'x'\n", ("settings.toml", '"openai_api_key" is not a setting')),
    ],
)
def test_a_file_that_is_wrong_is_one_line(text: str, words: tuple[str, ...]) -> None:
    settings_file().write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert all(word in str(caught.value) for word in words)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf_8_is_said_so() -> None:
    settings_file().write_bytes(b"model = '\xff'\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_a_dot_env_that_is_not_utf_8_is_said_so() -> None:
    Path(".env").write_bytes(b"UNWRITTEN_MODEL=\xff\n")
    with pytest.raises(SettingsError, match=r"\.env: is not UTF-8"):
        load_settings()


def test_where_it_was_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("UNWRITTEN_THREADS=many\n")
    with pytest.raises(SettingsError, match=r"UNWRITTEN_THREADS in \.env: \"many\""):
        load_settings()
    monkeypatch.setenv("UNWRITTEN_THREADS", "most")
    with pytest.raises(SettingsError, match='UNWRITTEN_THREADS in the environment: "most"'):
        load_settings()
    with pytest.raises(SettingsError, match='--threads: "all"'):
        load_settings(threads="all")


def test_what_is_not_ours_in_dot_env_is_left_alone() -> None:
    Path(".env").write_text("DATABASE_URL=x\nUNWRITTEN_MODEL=m\n")
    assert load_settings().model == "m"


def test_openais_key_goes_to_openai_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    settings = load_settings()
    found = [
        settings.key_for(url)
        for url in ("", "https://api.openai.com/v1", "https://openai.com.example.org/v1", "http://127.0.0.1:1")
    ]
    assert [bool(key) for key in found] == [True, True, False, False]


def test_our_own_key_goes_wherever_the_player_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.setenv("UNWRITTEN_API_KEY", "sk-ours")
    assert load_settings().key_for("https://example.org/v1") == SecretStr("sk-ours")


def test_what_the_stage_set_is_there_next_time() -> None:
    chosen = {
        "text_speed": 0,
        "text_size": 150,
        "full_screen": True,
        "volume": 0,
        "high_contrast": True,
        "reduced_motion": True,
        "prefetch": "all",
        "prefetch_tokens": 20_000,
    }
    save_settings(load_settings(**chosen))
    again = load_settings()
    assert {name: getattr(again, name) for name in STAGE} == chosen


def test_no_key_and_nothing_but_the_stages_is_written_down(tmp_path: Path) -> None:
    settings = load_settings(api_key="sk-4711", model="some-model", volume=10)
    save_settings(settings, tmp_path / "new" / "stage.toml")
    text = (tmp_path / "new" / "stage.toml").read_text()
    assert {line.partition(" = ")[0] for line in text.splitlines()} == set(STAGE)
    assert "4711" not in text + repr(settings)


def test_saving_leaves_nothing_else_behind_and_the_hand_written_file_alone() -> None:
    settings_file().write_text("# mine\nvolume = 3\n")
    save_settings(load_settings(volume=10))
    assert settings_file().read_text() == "# mine\nvolume = 3\n"
    assert sorted(path.name for path in settings_file().parent.iterdir()) == ["settings.toml", "stage.toml"]


def test_what_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "stage.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be written"):
        save_settings(load_settings(), tmp_path / "stage.toml")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
