"""The codes of all that can be wrong with a pack, and how bad each is. docs/diagnostics.md has the cause and the cure of each."""

from collections.abc import Mapping

from game.packs.diagnostic import Severity

CODES: Mapping[str, tuple[Severity, str]] = {
    # reading
    "PACK101": ("error", "there is no pack.toml"),
    "PACK102": ("error", "a file cannot be read"),
    "PACK103": ("error", "a file is not UTF-8"),
    "PACK104": ("error", "a file is not TOML"),
    "PACK105": ("error", "a file is too big"),
    "PACK106": ("error", "there are too many files, or too much in them"),
    "PACK107": ("error", "a link or a path leads out of the pack"),
    "PACK108": ("error", "the archive cannot be used"),
    "PACK109": ("error", "the archive unpacks to too much"),
    "PACK110": ("warning", "there is no world.md"),
    "PACK111": ("warning", "nothing reads this file"),
    # shape
    "PACK201": ("error", "a key is unknown"),
    "PACK202": ("error", "a value has the wrong type"),
    "PACK203": ("error", "a value is not allowed"),
    "PACK204": ("error", "a key is missing"),
    "PACK205": ("error", "an id is not written as one"),
    "PACK206": ("error", "two storylets have one id"),
    "PACK207": ("error", "two outcomes have one id"),
    # ids
    "PACK301": ("error", "no such place"),
    "PACK302": ("error", "no such cast member"),
    "PACK303": ("error", "no such expression"),
    "PACK304": ("error", "the speaker is not in the scene"),
    "PACK305": ("error", "no such storylet"),
    "PACK306": ("error", "no such thread"),
    "PACK307": ("error", "no such ending"),
    "PACK308": ("error", "no such fact"),
    # conditions and effects
    "PACK401": ("error", "a condition is not one"),
    "PACK402": ("error", "a condition reads what is not declared"),
    "PACK403": ("error", "a condition is not true or false"),
    "PACK404": ("error", "an effect is not one"),
    "PACK405": ("error", "an effect acts on what is not declared"),
    "PACK406": ("error", "an effect goes beyond its bounds"),
    "PACK407": ("error", "a variable's bounds do not hold"),
    "PACK408": ("error", "a name is taken"),
    "PACK409": ("error", "two names of conditions are one"),
    # grammar and templates
    "PACK501": ("error", "no such grammar symbol"),
    "PACK502": ("error", "a grammar symbol leads back to itself, or too deep"),
    "PACK503": ("error", "no such modifier"),
    "PACK504": ("error", "a # that is no symbol"),
    "PACK505": ("error", "a grammar symbol without expansions"),
    "PACK506": ("error", "a grammar symbol has the name of a built-in one"),
    "PACK507": ("error", "a text may grow too long"),
    "PACK508": ("warning", "nothing uses this grammar symbol"),
    "PACK509": ("warning", "every expansion has a condition"),
    "PACK511": ("error", "a template does not parse"),
    "PACK512": ("error", "a template does what templates may not"),
    "PACK513": ("error", "a template fails when it is filled in"),
    "PACK514": ("warning", "a template reads what it is not given"),
    # structure
    "PACK601": ("error", "no ending is the default"),
    "PACK602": ("error", "two endings are the default"),
    "PACK603": ("error", "nothing always tells the default ending"),
    "PACK604": ("error", "no storylet can open the story"),
    "PACK605": ("error", "a storylet has neither outcomes nor an ending"),
    "PACK606": ("error", "an ending has outcomes"),
    "PACK607": ("error", "more outcomes than slots"),
    "PACK608": ("warning", "nothing to improvise with"),
    "PACK609": ("warning", "nobody can get to this place"),
    "PACK610": ("warning", "nothing tells this ending"),
    "PACK611": ("error", "the shortest story is longer than the longest"),
    "PACK612": ("warning", "an ending may drop this thread in silence"),
    # the pack's own playthroughs
    "PACK701": ("error", "a play picks what no storylet offers"),
    "PACK702": ("error", "a play expects what is not declared"),
    "PACK703": ("error", "two plays have one name"),
}
