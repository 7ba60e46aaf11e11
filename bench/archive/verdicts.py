"""What verifiers say of the 93 files of data/warc: how many that hold a fault each calls sound, how many sound ones it refuses.

PLAINSIGHT_SHARED=<sets> PLAINSIGHT_ORACLES=<Python with warcio, fastwarc, wacz> python3 bench/archive/verdicts.py PROGRAM
prints the table that verdicts.md keeps. A tool is asked only of the kinds of file that it is for.
"""
import json, os, subprocess, sys

program = sys.argv[1]
folder = os.path.join(os.environ["PLAINSIGHT_SHARED"], "data", "warc")
tools = os.path.join(os.environ["PLAINSIGHT_ORACLES"], "bin")
files = json.load(open(os.path.join(folder, "expected.json")))["files"]
BAD = {"invalid", "incomplete", "unknown format"}


def sound(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    said = done.stdout + done.stderr
    return done.returncode == 0 and "Traceback" not in said and "digest failed" not in said


def ours(path):
    done = subprocess.run([program, "verify", "--json", path], capture_output=True, text=True, timeout=300)
    return json.loads(done.stdout.splitlines()[0])["verdict"]


is_warc = lambda name: any(part in name for part in (".warc", ".arc"))
peers = [
    ("warcio check", is_warc, lambda path: sound([f"{tools}/warcio", "check", path])),
    ("fastwarc check", lambda name: ".warc" in name, lambda path: sound([f"{tools}/fastwarc", "check", path])),
    ("wacz validate", lambda name: name.endswith(".wacz"), lambda path: sound([f"{tools}/wacz", "validate", "-f", path])),
]
print("| verifier | files asked | with a fault | of these called sound | sound ones | of these refused |")
print("| --- | ---: | ---: | ---: | ---: | ---: |")
for name, fits, judge in [("plainsight verify", lambda name: True, lambda path: ours(path) not in BAD)] + peers:
    asked = [one for one in files if fits(one)]
    faulty = [one for one in asked if files[one].get("must_fail")]
    fine = [one for one in asked if not files[one].get("must_fail")]
    missed = [one for one in faulty if judge(os.path.join(folder, one))]
    refused = [one for one in fine if not judge(os.path.join(folder, one))]
    if name.startswith("plainsight"):
        refused = [one for one in refused if ours(os.path.join(folder, one)) not in files[one].get("verdict_also", [])]
    print(f"| {name} | {len(asked)} | {len(faulty)} | {len(missed)} | {len(fine)} | {len(refused)} |")
