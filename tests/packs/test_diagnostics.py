"""One mistake for each code: what is said, where, and what is suggested."""

import re
from pathlib import Path

import pytest

from game.packs.checks import phrases
from game.packs.codes import CODES
from tests.packs.workshop import Mistake, edited, examined, good, line_of

DOCS = Path(__file__).parents[2] / "docs" / "diagnostics.md"
FIRST = "storylets/first.toml"
LAST = "storylets/last.toml"

DEFAULT_ENDING = 'ending = "stay"\n'
CONSENT = 'consent = "Nobody\'s likeness or voice is used."\n'
OUTCOME = '\n[[home.outcomes]]\nid = "again"\ntext = "Again"\n'
FIVE = "".join(f'\n[[crossing.outcomes]]\nid = "more_{n}"\ntext = "More {n}"\n' for n in range(3))
SYMBOLS = "".join(f's{n} = ["#s{n + 1}#"]\n' for n in range(13)) + 's13 = ["end"]\n'
DOUBLING = "".join(f'd{n} = ["#d{n + 1}##d{n + 1}#"]\n' for n in range(11)) + 'd11 = ["longer"]\n'
HOLDS_ON = '["#water# #player.capitalize# holds on."]'
DEEP = "[" + 4 * '{ one_of = ["x",\n' + '"deepest"' + 4 * "] }" + "]"
BINDING = "[bird:#water#]" + 90 * "#bird#"
PLAY_TEXT = 'text = ["The bell is still moving."]'
TRANSCRIPTS = "".join(
    f'\n[[play]]\nname = "{name}"\ntranscript = true\nexpect = {{}}\n' for name in ("on and back", "On, and back!")
)


def group(keys: str) -> str:
    """Beats of which there is but one group."""
    return f"[{{ {keys} }}]"


MISTAKES = [
    # reading
    Mistake("PACK104", "cast.toml", 'pronouns = "she"', 'pronouns = "she', at='pronouns = "she'),
    Mistake("PACK104", FIRST, "", '\n[arrival]\ntitle = "Again"\n', at='[arrival]\ntitle = "Again"'),
    Mistake("PACK104", "places.toml", "", "\nnothing =", at="nothing ="),
    Mistake("PACK104", "lore.toml", "", f"x = {'[' * 3000}"),
    Mistake("PACK105", "world.md", "", "a" * 17_000, advice="Move what is not always needed to lore.toml."),
    Mistake("PACK111", "templates/scen.j2", "", "text", advice='Did you mean "scene"?'),
    # shape
    Mistake("PACK201", FIRST, "leads_to", "lead_to", at="lead_to", advice='Did you mean "leads_to"?'),
    Mistake("PACK201", "pack.toml", "acts = 2", "axts = 2", at="axts", advice='Did you mean "acts"?'),
    Mistake("PACK201", "cast.toml", "age =", "agee =", at="agee", advice='Did you mean "age"?'),
    Mistake("PACK201", "places.toml", 'middle = ["reeds"]', 'middle = [{ shape = "reeds", sise = 2.0 }]', at="sise"),
    Mistake("PACK201", FIRST, 'speaker = "odile", e', 'speeker = "odile", e', at="speeker", advice='Did you mean "speaker"?'),
    Mistake("PACK202", FIRST, 'title = "Late"', "title = 7", at="title = 7"),
    Mistake("PACK202", FIRST, 'beats = ["#water# #player.capitalize# holds on."]', "beats = [7]", at="[7]"),
    Mistake("PACK202", "places.toml", 'exits = ["raft"]', 'exits = "raft"', at='exits = "raft"', advice="square brackets"),
    Mistake("PACK202", "pack.toml", "wet = { start = false }", 'wet = { start = "no" }', at="wet"),
    Mistake("PACK202", "cast.toml", "", "\n[extra]\nname = 1\n", at="name = 1"),
    Mistake("PACK203", "pack.toml", 'version = "1.0.0"', 'version = "one"', at="version"),
    Mistake("PACK203", "pack.toml", "schema = 1", "schema = 9", at="schema"),
    Mistake("PACK203", "pack.toml", 'ink = "#101010"', 'ink = "black"', at="ink"),
    Mistake("PACK203", "cast.toml", 'hair = "bun"', 'hair = "bunn"', at="hair", advice='Did you mean "bun"?'),
    Mistake("PACK203", "cast.toml", '"wary"]', '"warry"]', at='"warry"', advice='Did you mean "wary"?'),
    Mistake("PACK203", "places.toml", '["reeds"]', '["reedz"]', at="reedz", advice='Did you mean "reeds"?'),
    Mistake("PACK203", "places.toml", 'far = "hills"', 'far = "hlls"', at="hlls", advice='Did you mean "hills"?'),
    Mistake("PACK203", FIRST, "act = 1", "act = 0", at="act = 0"),
    Mistake("PACK203", FIRST, 'title = "The Rope"', f'title = "{"a" * 201}"', at="aaa" * 67),
    Mistake("PACK204", FIRST, 'title = "Late"\n', "", at="[arrival]"),
    Mistake("PACK204", "pack.toml", 'title = "The Ferry"\n', ""),
    Mistake("PACK204", FIRST, 'text = "Pull"\n', "", at='[[crossing.outcomes]]\nid = "pull"'),
    Mistake("PACK205", "places.toml", "", '\n["The Raft"]\nname = "R"\ndescription = "R."\nlook = {}\n', at='["The Raft"]'),
    Mistake("PACK205", "pack.toml", "[items.lantern]", "[items.Lantern]", at="[items.Lantern]"),
    Mistake("PACK205", FIRST, 'id = "pull"', 'id = "Pull!"', at='id = "Pull!"'),
    Mistake("PACK206", LAST, "", '\n[arrival]\ntitle = "A"\ngoal = "A."\nending = "stay"\n', at="[arrival]"),
    Mistake("PACK207", FIRST, 'id = "sit"', 'id = "ask"', at='id = "ask"\ntext = "Sit'),
    # ids
    Mistake(
        "PACK301", "pack.toml", 'start = "landing"', 'start = "lending"', at='start = "lending"', advice='Did you mean "landing"?'
    ),
    Mistake("PACK301", "places.toml", 'exits = ["raft"]', 'exits = ["raff"]', at='"raff"', advice='Did you mean "raft"?'),
    Mistake(
        "PACK301", "pack.toml", "[palette]", '[cover]\nplace = "rafft"\n\n[palette]', at="rafft", advice='Did you mean "raft"?'
    ),
    Mistake(
        "PACK302", "pack.toml", "[palette]", '[cover]\ncast = "odila"\n\n[palette]', at="odila", advice='Did you mean "odile"?'
    ),
    Mistake("PACK301", FIRST, 'place = "raft"', 'place = "rafft"', at="rafft", advice='Did you mean "raft"?'),
    Mistake("PACK302", "pack.toml", 'present = ["odile"]', 'present = ["odil"]', at="odil", advice='Did you mean "odile"?'),
    Mistake("PACK302", FIRST, 'cast = ["odile"]', 'cast = ["odille"]', at="odille", advice='Did you mean "odile"?'),
    Mistake("PACK302", FIRST, 'speaker = "odile", e', 'speaker = "odlie", e', at="odlie", advice='Did you mean "odile"?'),
    Mistake("PACK303", FIRST, 'sion = "tired"', 'sion = "tried"', at="tried", advice='Did you mean "tired"?'),
    Mistake("PACK303", FIRST, 'sion = "tired"', 'sion = "warry"', at="warry", advice='Did you mean "wary"?'),
    Mistake("PACK303", FIRST, 'speaker = "odile", e', "e", at="expression"),
    Mistake("PACK303", "cast.toml", '["neutral", "tired"', '["tired"', at="expressions"),
    Mistake("PACK304", FIRST, 'cast = ["odile"]', "cast = []", at="speaker", advice='Add "odile" to its cast.'),
    Mistake("PACK305", FIRST, 'leads_to = "crossing"', 'leads_to = "corssing"', at="corssing", advice='Did you mean "crossing"?'),
    Mistake("PACK305", "cast.toml", '_by = "crossing"', '_by = "crosing"', at="crosing", advice='Did you mean "crossing"?'),
    Mistake(
        "PACK306", FIRST, 'threads = ["the_bell"]', 'threads = ["the_bel"]', at='["the_bel"]', advice='Did you mean "the_bell"?'
    ),
    Mistake("PACK307", LAST, 'ending = "cross"', 'ending = "crosss"', at="crosss", advice='Did you mean "cross"?'),
    Mistake(
        "PACK308",
        "cast.toml",
        'wants = "To sleep."',
        'wants = "To sleep."\nknows = ["river_lo"]',
        at='"river_lo"',
        advice='Did you mean "river_low"?',
    ),
    Mistake("PACK309", "cast.toml", CONSENT, "", at="[odile]", advice="Say whose likeness and voice these are"),
    Mistake("PACK309", "cast.toml", CONSENT, 'consent = ""\n', at="consent"),
    Mistake("PACK309", "cast.toml", CONSENT, 'consent = "  "\n', at="consent"),
    Mistake("PACK310", "cast.toml", CONSENT, 'consent = "TODO: ask her"\n', at="consent", advice="Say whose likeness"),
    Mistake("PACK310", "cast.toml", CONSENT, 'consent = "?"\n', at="consent"),
    Mistake("PACK310", "cast.toml", CONSENT, 'consent = "Not stated by the card."\n', at="consent"),
    Mistake("PACK311", FIRST, "act = 1", "act = [1, 3]", at="act = [1, 3]", advice='more "acts" in pack.toml'),
    # conditions and effects
    Mistake(
        "PACK401", LAST, "seen_crossing && c", "seen_crossing and c", at="when", advice="Write && for and, || for or, ! for not."
    ),
    Mistake("PACK401", LAST, "seen_crossing && c", "seen_crossing & c", at="when", advice="Write && for and"),
    Mistake("PACK401", LAST, "courage >= 3", "courage = 3", at="when", advice="Write == to compare."),
    Mistake("PACK401", LAST, "courage >= 3", "size('abc') > 2", at="when"),
    Mistake("PACK401", LAST, "courage >= 3", "[1].exists(x, x > 0)", at="when"),
    Mistake("PACK401", LAST, "courage >= 3", "courage.size > 2", at="when"),
    Mistake("PACK401", LAST, "courage >= 3", "courage > 0" + " && courage > 0" * 14, at="when"),
    Mistake("PACK402", LAST, "courage >= 3", "courrage >= 3", at="when", advice='Did you mean "courage"?'),
    Mistake("PACK402", FIRST, "&& has_lantern", "&& has_lamtern", at="has_lamtern", advice='Did you mean "has_lantern"?'),
    Mistake("PACK402", "grammar.toml", "turn > 2", "turns > 2", at="turns > 2", advice='Did you mean "turn"?'),
    Mistake("PACK410", LAST, "courage >= 3", "seen_crossing", at="when", advice="one of the two was to be another"),
    Mistake("PACK410", FIRST, "!wet", "courage  <  3", at="courage  <"),
    Mistake("PACK403", LAST, "seen_crossing && courage >= 3", "courage", at='when = "courage"'),
    Mistake("PACK403", FIRST, "courage < 3 && !wet", "!courage", at="!courage"),
    Mistake("PACK404", FIRST, '"gain lantern"', '"gian lantern"', at="gian", advice='Did you mean "gain lantern"?'),
    Mistake("PACK404", FIRST, '"courage + 1"', '"courage += 1"', at="courage += 1"),
    Mistake("PACK405", FIRST, '"gain lantern"', '"gain lamtern"', at="lamtern", advice='Did you mean "lantern"?'),
    Mistake("PACK405", FIRST, '"fact river_low"', '"fact river_lo"', at="river_lo", advice='Did you mean "river_low"?'),
    Mistake("PACK405", FIRST, '"leave odile"', '"tell odil river_low"', at="tell odil", advice='Did you mean "odile"?'),
    Mistake("PACK405", FIRST, '"leave odile"', '"tell odile river"', at="tell odile", advice='Did you mean "river_low"?'),
    Mistake("PACK405", FIRST, '"leave odile"', '"leave odil"', at="leave odil", advice='Did you mean "odile"?'),
    Mistake("PACK405", "pack.toml", '"courage + 1"', '"corage + 1"', at="corage", advice='Did you mean "courage"?'),
    Mistake("PACK406", FIRST, '"courage = 3"', '"courage = 4"', at="courage = 4"),
    Mistake("PACK406", FIRST, '"courage - 1"', '"courage - 3"', at="courage - 3"),
    Mistake("PACK406", FIRST, '"wet = true"', '"wet + 1"', at="wet + 1"),
    Mistake("PACK406", FIRST, '"wet = true"', '"wet = 1"', at="wet = 1"),
    Mistake("PACK406", FIRST, '"courage = 3"', '"courage = true"', at="courage = true"),
    Mistake("PACK406", FIRST, '"act 2"', '"act 3"', at="act 3"),
    Mistake("PACK407", "pack.toml", "start = 1, min = 0", "start = 4, min = 0", at="courage = {"),
    Mistake("PACK407", "pack.toml", "start = false }", "start = false, max = 3 }", at="wet = {"),
    Mistake("PACK407", "pack.toml", ", max = 3, step = 2", "", at="courage = {"),
    Mistake("PACK408", "pack.toml", "[variables]", "[variables]\nturn = { start = 0, max = 3 }", at="turn ="),
    Mistake("PACK408", "pack.toml", "[variables]", "[variables]\nhas_lantern = { start = false }", at="has_lantern ="),
    Mistake("PACK408", "pack.toml", "[variables]", "[variables]\nloop = { start = false }", at="loop ="),
    # grammar and templates
    Mistake("PACK501", FIRST, "#player.cap", "#plyer.cap", at="#plyer", advice='Did you mean "player"?'),
    Mistake("PACK501", "grammar.toml", "#dark#", "#darkk#", at="#darkk#", advice='Did you mean "dark"?'),
    Mistake("PACK501", "places.toml", "Six barrels", "#sixty# barrels", at="#sixty#"),
    Mistake("PACK502", "grammar.toml", '"The rope creaks."', '"#improvise_any#"', at="improvise_any = "),
    Mistake("PACK502", "grammar.toml", '"fog"', '"#water#"', at="dark = ["),
    Mistake("PACK502", "grammar.toml", "", SYMBOLS, at="s1 = "),
    Mistake("PACK503", FIRST, "capitalize#", "capitalise#", at="capitalise", advice='Did you mean "capitalize"?'),
    Mistake("PACK504", FIRST, "holds on.", "holds #1.", at="#1", advice=r'a plain # is written "\\#".'),
    Mistake("PACK505", "grammar.toml", "", "\nempty = []\n", at="empty = []"),
    Mistake("PACK506", "grammar.toml", "", '\nplayer = ["somebody"]\n', at="player = "),
    Mistake("PACK507", "grammar.toml", "", DOUBLING, at="d2 = "),
    Mistake("PACK507", FIRST, "#player.cap", "#water#" * 90 + "#player.cap", at="holds on"),
    Mistake("PACK508", "grammar.toml", "", '\nunused = ["x"]\n', at="unused"),
    Mistake("PACK508", "grammar.toml", "", '\nimprovise_raff = ["x"]\n', at="raff", advice='Did you mean "improvise_raft"?'),
    Mistake("PACK509", "grammar.toml", '"dark", {', "{", at="dark = ["),
    Mistake("PACK402", FIRST, 'when = "open_the_bell && has_lantern"', 'when = "said_water"', at="said_water", advice="effect"),
    Mistake("PACK402", FIRST, "courage < 3 && !wet", "mood_wary", at="mood_wary"),
    Mistake("PACK402", "grammar.toml", "turn > 2", "said_watr", at="dark = [", advice='Did you mean "said_water"?'),
    Mistake("PACK402", "grammar.toml", "turn > 2", "mood_wery", at="dark = [", advice='Did you mean "mood_wary"?'),
    Mistake("PACK402", FIRST, HOLDS_ON, group('one_of = ["x"], when = "mood_wary"'), at="mood_wary"),
    Mistake("PACK402", FIRST, HOLDS_ON, group('one_of = ["x"], when = "raining"'), at="raining"),
    Mistake("PACK408", "pack.toml", "wet = {", "said_wet = { start = false }\nwet = {", at="said_wet"),
    Mistake("PACK201", FIRST, HOLDS_ON, group('one_of = ["x"], takes = 2'), at="takes", advice="one_of, when"),
    Mistake("PACK201", FIRST, HOLDS_ON, group('shuffled = [{ texd = "x" }]'), at="texd", advice='Did you mean "text"?'),
    Mistake("PACK202", FIRST, HOLDS_ON, group('one_of = [["x", 7]]'), at="7"),
    Mistake("PACK203", FIRST, HOLDS_ON, group('shuffled = ["x"], take = 0'), at="take = 0"),
    Mistake("PACK302", FIRST, HOLDS_ON, group('one_of = ["x",\n  [{ text = "y", speaker = "odil" }]]'), at='speaker = "odil" }'),
    Mistake("PACK303", "grammar.toml", '"dark", {', '{ text = "x", speaker = "odile", expression = "odd" }, {', at="dark = ["),
    Mistake("PACK501", FIRST, HOLDS_ON, group('shuffled = [["a",\n  "#watr#"]]'), at="#watr#", advice='Did you mean "water"?'),
    Mistake("PACK501", FIRST, HOLDS_ON, '["#bird# comes.",\n  "[bird:#dark#]Away."]', at="#bird# comes", advice="[bird:...]"),
    Mistake("PACK501", FIRST, HOLDS_ON, '[{ text = "[bird:x]A.", when = "wet" },\n  "#bird#."]', at='"#bird#."'),
    Mistake("PACK501", FIRST, HOLDS_ON, '[{ one_of = ["[bird:x]A.", "B."] },\n  "#bird#."]', at='"#bird#."'),
    Mistake("PACK501", FIRST, HOLDS_ON, '["[bird:x][bird:POP]A.",\n  "#bird#."]', at='"#bird#."'),
    Mistake("PACK501", FIRST, HOLDS_ON, '["#[bird:x]water#",\n  "#bird#."]', at='"#bird#."'),
    Mistake("PACK501", "grammar.toml", "The rope creaks.", "[bird:x]#song#, #[bird:y]song#", at="[bird:x]#song#"),
    Mistake("PACK502", FIRST, HOLDS_ON, '["[cry:Oh.][cry:#cry# #cry#]#cry#"]', at="[cry:Oh.]"),
    Mistake("PACK502", FIRST, HOLDS_ON, '["[cry:Oh.][call:#cry#][cry:#call# #call#]#cry#"]', at="[cry:Oh.]"),
    Mistake("PACK502", FIRST, HOLDS_ON, '["[dark:#water#]#dark#"]', at="dark = [", where="grammar.toml"),
    Mistake("PACK503", FIRST, HOLDS_ON, '["[bird:#water.loud#]#bird#"]', at="loud"),
    Mistake("PACK507", FIRST, HOLDS_ON, f'["{BINDING}"]', at=BINDING),
    Mistake("PACK515", FIRST, HOLDS_ON, group("one_of = []"), at="one_of = []"),
    Mistake("PACK515", FIRST, HOLDS_ON, group('shuffled = ["x",\n  []]'), at="[]]"),
    Mistake("PACK516", FIRST, HOLDS_ON, group('shuffled = ["x", "y"], take = 3'), at="take = 3"),
    Mistake("PACK517", FIRST, HOLDS_ON, DEEP, at='{ one_of = ["x",\n"deepest"'),
    Mistake("PACK518", FIRST, HOLDS_ON, '["[player:Ann]#player# rows."]', at="[player:Ann]"),
    Mistake("PACK519", FIRST, HOLDS_ON, '["[sic] she says."]', at="[sic]"),
    Mistake("PACK519", FIRST, HOLDS_ON, '["[bird:gull says she."]', at="[bird:gull"),
    Mistake("PACK511", "templates/scene.j2", "{{ title }}", "{{ title }", at="{{ title }"),
    Mistake("PACK511", "templates/scene.j2", "{{ title }}", "{{ title", at="{{ title"),
    Mistake("PACK512", "templates/scene.j2", "{{ title }}", "{{ range(3) }}", at="range", advice=""),
    Mistake("PACK512", "templates/scene.j2", "{{ title }}", "{{ turn * 1000 }}", at="turn * 1000"),
    Mistake("PACK512", "templates/scene.j2", "{{ title }}", "{{ title.__class__ }}", at="__class__"),
    Mistake("PACK513", "templates/scene.j2", "{{ title }}", "{{ slots }}", at=""),
    Mistake("PACK514", "templates/scene.j2", "{{ title }}", "{{ titel }}", at="titel", advice='Did you mean "title"?'),
    # structure
    Mistake("PACK601", "pack.toml", "default = true\n", "", at="[endings.stay]"),
    Mistake(
        "PACK602", "pack.toml", 'title = "The Far Side"', 'title = "Far"\ndefault = true', at="default = true\n\n[[improvise]]"
    ),
    Mistake("PACK603", LAST, DEFAULT_ENDING, DEFAULT_ENDING + 'when = "wet"\n', at="[endings.stay]", where="pack.toml"),
    Mistake("PACK604", FIRST, "opening = true\n", "", where="pack.toml"),
    Mistake("PACK604", FIRST, "act = 1", "act = 2", at="[arrival]"),
    Mistake("PACK604", FIRST, "opening = true", 'opening = true\nwhen = "wet"', at="[arrival]"),
    Mistake("PACK605", LAST, DEFAULT_ENDING, "", at="[home]"),
    Mistake("PACK606", LAST, "", OUTCOME, at="[[home.outcomes]]"),
    Mistake("PACK607", FIRST, "", FIVE, at='[[crossing.outcomes]]\nid = "more_2"'),
    Mistake("PACK608", "pack.toml", '[[improvise]]\nid = "wait"\ntext = "Wait a while"\neffects = ["courage + 1"]\n', ""),
    Mistake("PACK609", FIRST, 'place = "raft"\n', "", at="[raft]", where="places.toml"),
    Mistake("PACK610", LAST, 'ending = "cross"', 'ending = "stay"', at="[endings.cross]", where="pack.toml"),
    Mistake("PACK611", "pack.toml", "min = 2", "min = 7", at="[length]"),
    Mistake("PACK612", "pack.toml", 'left = "Nobody has said who rang."\n', "", at="[threads.the_bell]", advice='"left"'),
    Mistake("PACK613", "places.toml", 'exits = ["raft"]', "exits = []", at="[raft]", advice='Add "raft" to the exits'),
    Mistake("PACK614", FIRST, '"close the_bell", ', "", at="[threads.the_bell]", advice='"close the_bell"', where="pack.toml"),
    Mistake("PACK615", FIRST, '"open the_bell", ', "", at="[threads.the_bell]", advice='"open the_bell"', where="pack.toml"),
    Mistake("PACK501", "pack.toml", "Nobody has said", "#nobody# has said", at="#nobody#"),
    # plays
    Mistake("PACK701", "tests/plays.toml", '"pull"]', '"pul"]', at='"pul"]', advice='Did you mean "pull"?'),
    Mistake(
        "PACK701",
        "tests/plays.toml",
        'choices = ["ask", "pull"]',
        'prefer = ["ask", "pul"]',
        at='"pul"',
        advice='Did you mean "pull"?',
    ),
    Mistake("PACK702", "tests/plays.toml", '"cross"', '"croos"', at="croos", advice='Did you mean "cross"?'),
    Mistake("PACK702", "tests/plays.toml", "courage = 3", "courrage = 3", at="courrage", advice='Did you mean "courage"?'),
    Mistake(
        "PACK703",
        "tests/plays.toml",
        "",
        '\n[[play]]\nname = "over the river"\nexpect = {}\n',
        at='name = "over the river"\nexpect',
    ),
    Mistake("PACK702", "tests/plays.toml", PLAY_TEXT, 'visits = ["crosing"]', at="crosing", advice='Did you mean "crossing"?'),
    Mistake("PACK401", "tests/plays.toml", PLAY_TEXT, 'holds = "courage >"', at="courage >"),
    Mistake("PACK402", "tests/plays.toml", PLAY_TEXT, 'holds = ["couraje > 1"]', at="couraje", advice='Did you mean "courage"?'),
    Mistake("PACK403", "tests/plays.toml", PLAY_TEXT, 'holds = ["courage"]', at='"courage"'),
    Mistake("PACK704", "tests/plays.toml", PLAY_TEXT, f'{PLAY_TEXT}, never = "still"', at="never"),
    Mistake("PACK704", "tests/plays.toml", PLAY_TEXT, "scenes = 2", at="scenes = 2"),
    Mistake("PACK705", "tests/plays.toml", "", TRANSCRIPTS, at='name = "On, and back!"'),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_said_with_its_line_and_what_was_meant(mistake: Mistake) -> None:
    contents = edited(mistake.file, mistake.old, mistake.new)
    where = mistake.where or mistake.file
    _, found = examined(contents)
    same = [item for item in found if item.code == mistake.code]
    assert [item.file for item in same] == [where], [str(item) for item in found]
    assert same[0].line == (line_of(contents, where, mistake.at) if mistake.at else 0), str(same[0])
    assert mistake.advice in same[0].suggestion, str(same[0])
    assert same[0].severity == CODES[mistake.code][0]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_an_error_keeps_a_pack_from_being_played_and_a_warning_does_not(mistake: Mistake) -> None:
    pack, found = examined(edited(mistake.file, mistake.old, mistake.new))
    assert (pack is None) == any(item.severity == "error" for item in found)


def test_the_good_pack_has_nothing_wrong_with_it() -> None:
    pack, found = examined(good())
    assert pack is not None
    assert found == ()


def test_what_is_said_in_a_group_is_said_by_somebody_who_is_there() -> None:
    contents = edited(FIRST, '"#water# The bell rings, once.",', '{ one_of = [{ text = "x", speaker = "rower" }, "y"] },')
    contents["cast.toml"] += b'\n[rower]\nname = "R"\nvoice = "V."\nwants = "W."\nconsent = "C."\nlook = {}\n'
    assert [(item.code, item.line) for item in examined(contents)[1]] == [("PACK304", line_of(contents, FIRST, '"rower"'))]


def test_somebody_may_speak_of_what_came_of_an_improvised_choice() -> None:
    pack, found = examined(
        edited("pack.toml", 'text = "Wait a while"', 'text = "Wait a while"\nthen = [{ text = "x", speaker = "odile" }]')
    )
    assert pack is not None
    assert found == ()


def test_two_members_and_two_facts_must_not_share_one_name_of_a_condition() -> None:
    contents = edited(
        "pack.toml",
        "[facts.river_low]",
        '[facts.low]\nsubject = "a"\npredicate = "a"\nobject = "a"\ntext = "A."\n\n[facts.river_low]',
    )
    contents["cast.toml"] += b'\n[odile_river]\nname = "O"\nvoice = "V."\nwants = "W."\nconsent = "C."\nlook = {}\n'
    _, found = examined(contents)
    assert ("PACK409", "pack.toml", line_of(contents, "pack.toml", "[facts.low]")) in [
        (item.code, item.file, item.line) for item in found
    ]


def test_all_mistakes_are_said_at_once() -> None:
    contents = good()
    for file, old, new in (
        ("storylets/first.toml", "leads_to", "lead_to"),
        ("storylets/last.toml", "courage >= 3", "courrage >= 3"),
        ("cast.toml", 'voice = "Few words."\n', ""),
        ("places.toml", 'exits = ["raft"]', 'exits = ["raff"]'),
        ("pack.toml", "acts = 2", "axts = 2"),
    ):
        contents[file] = contents[file].replace(old.encode(), new.encode())
    _, found = examined(contents)
    assert {item.code for item in found} == {"PACK201", "PACK204", "PACK301", "PACK402"}
    assert {item.file for item in found} == {
        "storylets/first.toml",
        "storylets/last.toml",
        "cast.toml",
        "places.toml",
        "pack.toml",
    }


def test_a_mistake_in_a_declaration_is_not_said_again_at_every_use() -> None:
    contents = edited("cast.toml", 'name = "Odile"', "nome = 1")
    _, found = examined(contents)
    assert {item.file for item in found} == {"cast.toml"}


def test_a_file_that_is_not_toml_does_not_make_everything_else_unknown() -> None:
    _, found = examined(edited("pack.toml", "", "\n="))
    assert [item.code for item in found] == ["PACK104"]


def test_a_file_that_is_not_utf8_is_said_with_its_line() -> None:
    contents = good() | {"lore.toml": b'[a]\ntext = "caf\xe9"\n'}
    _, found = examined(contents)
    assert [(item.code, item.line) for item in found] == [("PACK103", 2)]


def test_a_pack_without_a_world_is_warned_of_and_played() -> None:
    contents = good()
    del contents["world.md"]
    pack, found = examined(contents)
    assert pack is not None
    assert [item.code for item in found] == ["PACK110"]
    assert pack.warnings == found


def test_an_empty_pack_toml_lacks_keys_rather_than_being_nothing() -> None:
    pack, found = examined(good() | {"pack.toml": b""})
    assert pack is None
    assert {"PACK204"} == {item.code for item in found if item.file == "pack.toml" and "title" in item.message}


def test_of_more_circles_than_are_looked_for_one_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "_LOOKED_AT", 1)
    _, found = examined(edited("grammar.toml", "", '\ntail = ["#one#"]\none = ["#two#"]\ntwo = ["#one#"]\n'))
    assert [item.message for item in found if item.code == "PACK502"] == ['"one" leads back to itself: one -> two -> one.']


def test_every_code_is_documented_with_its_severity() -> None:
    sections = re.split(r"^### ", DOCS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    documented = {section[:7]: section for section in sections}
    assert documented.keys() == CODES.keys()
    for code, (severity, title) in CODES.items():
        first, _, body = documented[code].partition("\n")
        assert first == f"{code}: {title}" + (" (warning)" if severity == "warning" else "")
        assert body.strip(), code


def test_every_code_is_shown_by_a_test_of_this_room() -> None:
    shown = {mistake.code for mistake in MISTAKES}
    rooms = (Path(__file__).parent, Path(__file__).parents[1] / "workshop")
    texts = [path.read_text("utf-8") for room in rooms for path in room.glob("test_*.py") if path != Path(__file__)]
    elsewhere = {code for text in texts for code in re.findall(r"PACK\d{3}", text)}
    here = set(re.findall(r"PACK\d{3}", Path(__file__).read_text("utf-8")))
    assert CODES.keys() - shown - elsewhere - here == set()
