"""The rows of a run for a human reader, with the names of things in place of their ids."""

from typing import cast

from game.headless.rows import Row
from game.packs import Pack
from game.story import Json


class Plain:
    """Writes one run. `pack` is the one that is played, once it is known."""

    def __init__(self) -> None:
        self.pack: Pack | None = None
        self._choices: list[Row] = []

    def text(self, row: Row) -> str:
        match row["event"]:
            case "start":
                return f"{self.pack.title if self.pack else row['pack']}, seed {row['seed']}"
            case "scene":
                self._choices = _dicts(row["choices"])
                text = self._scene(row)
            case "choice":
                text = f"\n> {self._choices[cast(int, row['index'])]['text']}"
            case "edit":
                text = f"\n{self._beat(cast(Row, row['beat']))}".rstrip()
            case "marks":
                text = "\n".join(["", *map(_mark, _dicts(row["marks"]))])
            case "end":
                text = self._end(row)
            case "move":
                text = f"\n[{row['by']}: scene {row['turn']}]"
            case _:
                text = f"\n[{row['words']}]"
        return text

    def _scene(self, row: Row) -> str:
        told = row.get("told")
        lines = [f"\n## {row['title']}\n", *(self._beat(beat) for beat in _dicts(row["beats"]))]
        for n, choice in enumerate(_dicts(row["choices"])):
            mark = "·" if isinstance(told, list) and choice["slot"] in told else " "
            lines.append(f"{mark} {n}. {choice['text']}")
        return "\n".join(lines)

    def _beat(self, beat: Row) -> str:
        if beat["kind"] != "line":
            return f"{beat['text']}\n"
        speaker = self.pack.cast.get(str(beat["speaker"])) if self.pack else None
        return f"{speaker.name if speaker else beat['speaker']}: {beat['text']}\n"

    def _end(self, row: Row) -> str:
        ending = self.pack.endings.get(str(row.get("ending"))) if self.pack else None
        return f"\n[{row.get('reason')}] {ending.title if ending else ''}".rstrip()


def _dicts(rows: Json) -> list[Row]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _mark(mark: Row) -> str:
    label = ", ".join(str(each) for each in (mark["slot"], mark["name"]) if each)
    return f"[{label}: {mark['title']}, scene {mark['turn']}]"
