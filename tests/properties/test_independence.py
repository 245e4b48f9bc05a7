"""The same bytes whatever the hash seed, time zone, locale and kind of rational."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
PROGRAM = """
import sys
if "without-gmpy2" in sys.argv:
    sys.modules["gmpy2"] = None
from hashlib import sha256
from hypothesis import given, settings
from stories import QUICK, carried_out, stories
from test_replay_properties import everything, statement_bytes
from paripassu.explaining import explain_source
from paripassu.render.trace import plain
from paripassu.values.arithmetic import Rational

digest = sha256()
told = 0

@settings(QUICK, max_examples=4)
@given(stories())
def tell(story):
    global told
    done = carried_out(story)
    digest.update(statement_bytes(done, story))
    for record in done.state.records:
        source = getattr(record.effect, "rests_on", None)
        if source is not None:
            digest.update(repr(plain(explain_source(done.names[record.instrument], source))).encode())
    told += 1

tell()
print(Rational.__module__, told, digest.hexdigest())
"""


def started(seed: str, zone: str, locale: str, *arguments: str) -> subprocess.Popen[str]:
    """The program in a process of its own; it prints the kind of rational, how many stories it told, and the digest."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale,
                   "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], env=environment, cwd=HERE, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def printed(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.split()


def test_hash_seed_zone_locale_and_kind_of_rational_change_no_byte() -> None:
    assert find_spec("gmpy2"), "the test extra installs it"
    processes = [started("0", "UTC", "C.UTF-8"), started("12345", "Asia/Tokyo", "C"),
                 started("77", "America/Lima", "de_DE", "without-gmpy2")]
    reference, elsewhere, plain = map(printed, processes)
    assert elsewhere == reference
    assert [reference[0], plain[0]] == ["gmpy2", "fractions"]
    assert plain[1:] == reference[1:]
    assert int(reference[1]) >= 2
