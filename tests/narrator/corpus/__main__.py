"""`python -m tests.narrator.corpus` prints how often the narrator's checks are right, and with `-v` where they are not."""

import sys

from tests.narrator.corpus import cases, is_untouched, table, tell

print(table())
if "-v" in sys.argv:
    for case in cases():
        told = tell(case)
        if (case.expect is None and not is_untouched(case)) or (case.expect and told.codes != {case.expect}):
            print(f"\n{case.pack}: {case.name}: expected {case.expect}, found {sorted(told.codes)}")
            print("\n".join(f"  {beat.text}" for beat in told.beats), *told.choices, sep="\n  ")
        for text in case.gone:
            if any(text.lower() in beat.text.lower() for beat in told.beats):
                print(f"\n{case.pack}: {case.name}: shown: {text}")
