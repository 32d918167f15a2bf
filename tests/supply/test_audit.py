"""``make audit`` finds what is known, and never calls a package checked that it couldn't look up."""

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from packaging.version import Version

from tests.supply.audit import audit_stored, tell
from tests.supply.stored_advisories import is_affected

ROOT = Path(__file__).parents[2]
LOCK = "jinja2==3.1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"
ADVISORY = {
    "id": "GHSA-test",
    "summary": "Templates escape.",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.6"}]}],
        }
    ],
}


@contextmanager
def advisories(answer, status=200):
    """A source of advisories that gives this answer to all questions; its address."""

    class Source(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Source)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def audit(tmp_path):
    """Run the command on a lock with one package, against the source at an address."""
    (tmp_path / "small.lock").write_text(LOCK)

    def run(address):
        command = [sys.executable, "-m", "tests.supply.audit", str(tmp_path / "small.lock")]
        command += ["--vulnerability-service", "osv", "--osv-url", address, "--cache-dir", str(tmp_path / "cache")]
        environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


def test_a_known_advisory_is_told_with_the_version_that_mends_it(audit):
    with advisories({"vulns": [ADVISORY]}) as address:
        code, said = audit(address)
    assert code == 1
    assert "jinja2 3.1.0: GHSA-test, mended in 3.1.6. Templates escape." in said
    assert "Checked 1 of 1 packages; with advisories: 1." in said


def test_a_clean_lock_passes(audit):
    with advisories({}) as address:
        assert audit(address) == (0, "Checked 1 of 1 packages; with advisories: 0.\n")


def test_without_a_source_it_says_that_nothing_was_checked(audit):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens there, and nobody else can
        code, said = audit(f"http://127.0.0.1:{closed.getsockname()[1]}/v1/query")
    assert code == 1
    assert said.startswith("Nothing was checked:")


def test_a_source_in_trouble_is_no_clean_lock(audit):
    with advisories({}, status=500) as address:
        code, said = audit(address)
    assert code == 1
    assert said.startswith("Nothing was checked:")


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        (
            [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}],
            "NOT checked: b.\nChecked 1 of 2 packages; with advisories: 0.\n",
        ),
        (
            [{"name": "b", "skip_reason": "not found"}],
            "Nothing was checked: the source of advisories knows none of the packages (1).\n",
        ),
        ([], "Nothing was checked: the source of advisories knows none of the packages (0).\n"),
    ],
    ids=["some", "all", "none there"],
)
def test_what_could_not_be_looked_up_is_no_clean_lock(packages, said, capsys):
    assert tell(packages) == 1
    assert capsys.readouterr().out == said


MADE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of the advisories, as it was on a Monday in March."""
    folder = tmp_path_factory.mktemp("advisories")
    (folder / "vulns" / "jinja2").mkdir(parents=True)
    later = {**ADVISORY, "id": "GHSA-gone", "withdrawn": "2026-01-01T00:00:00Z"}
    for advisory in (ADVISORY, later):
        (folder / "vulns" / "jinja2" / f"{advisory['id']}.yaml").write_text(yaml.safe_dump(advisory))
    environment = {**os.environ, "GIT_COMMITTER_DATE": MADE.isoformat()}
    who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "advisories"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, env=environment)
    return folder


@pytest.mark.parametrize(
    ("version", "days", "code", "said"),
    [
        ("3.1.0", 3, 1, "jinja2 3.1.0: GHSA-test, mended in 3.1.6. Templates escape.\n"),
        ("3.1.6", 30, 0, "Checked 1 of 1 packages; with advisories: 0.\n"),
        ("3.1.6", 31, 1, "That copy is too old to trust: fetch one that is at most 30 days old.\n"),
    ],
    ids=["known", "clean", "too old"],
)
def test_a_stored_copy_is_searched_and_its_age_is_told(clone, tmp_path, capsys, version, days, code, said):
    (tmp_path / "small.lock").write_text(LOCK.replace("3.1.0", version))
    assert audit_stored(tmp_path / "small.lock", clone, MADE + timedelta(days=days)) == code
    told = capsys.readouterr().out
    assert told.startswith(f"Advisories from a copy of 2026-03-02, {days} days old: newer ones aren't in it.\n")
    assert said in told
    assert "GHSA-gone" not in told


def test_a_folder_without_advisories_fails_the_audit(tmp_path, capsys):
    (tmp_path / "small.lock").write_text(LOCK)
    assert audit_stored(tmp_path / "small.lock", tmp_path, MADE) == 1
    assert capsys.readouterr().out.startswith("Nothing was checked:")


def test_a_copy_that_was_unpacked_inside_another_clone_has_no_age_of_its_own(clone, tmp_path, capsys):
    (tmp_path / "small.lock").write_text(LOCK)
    (clone / "unpacked" / "vulns").mkdir(parents=True)
    assert audit_stored(tmp_path / "small.lock", clone / "unpacked", MADE) == 1
    assert capsys.readouterr().out.startswith("Nothing was checked:")


@pytest.mark.parametrize(
    ("version", "affected"),
    [("1.0", False), ("1.2", True), ("1.5", False), ("2.0", True), ("2.1", True), ("2.2", False)],
)
def test_a_version_is_affected_in_any_of_the_ranges(version, affected):
    ranges = [
        {"type": "ECOSYSTEM", "events": [{"introduced": "1.1"}, {"fixed": "1.5"}]},
        {"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"last_affected": "2.1"}]},
        {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "abc"}]},
    ]
    assert is_affected({"package": {"name": "A_b"}, "ranges": ranges}, "a-b", Version(version)) is affected


def test_the_end_of_a_range_ends_no_other_one():
    ranges = [
        {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]},
        {"type": "ECOSYSTEM", "events": [{"introduced": "1"}, {"fixed": "3"}]},
    ]
    assert is_affected({"package": {"name": "a"}, "ranges": ranges}, "a", Version("2.5"))
