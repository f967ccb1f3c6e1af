"""What a program behind walls can see and do."""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
from pathlib import Path

import pytest

from grader.model.exercise import Limits
from grader.model.observation import Isolation
from grader.sandbox.api import Box
from grader.sandbox.detect import find
from tests.sandbox.boxes import Opener, accept, ask

MIB = 1024 * 1024


def test_a_box_answers_on_its_control_line(box: Box) -> None:
    """The inside program finds the control line under the number that it was given."""
    assert ask(box, "1 + 1") == 2


def test_the_kernel_names_the_zygote(box: Box) -> None:
    """Credentials of a message on the control line carry the machine's pid of the zygote, not the pid inside."""
    box.control.send(b"__import__('os').getpid()")
    answer, ancillary, _, _ = box.control.recvmsg(64, socket.CMSG_SPACE(12))

    assert answer == b"2"
    assert [struct.unpack("3i", data)[0] for _, _, data in ancillary] == [box.zygote]


def test_a_process_at_the_desk_is_known_by_the_kernel(box: Box) -> None:
    """The machine's pid of a process that connects to the desk is verified, whatever the process says."""
    inner = ask(
        box,
        """import os
pid = os.fork()
if not pid: line = connect(); line.send(b"I am 1"); line.recv(1); os._exit(0)
pid""",
    )
    line, pid = accept(box)
    with line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        _, ancillary, _, _ = line.recvmsg(64, socket.CMSG_SPACE(12))
        status = Path(f"/proc/{pid}/status").read_text()

        assert pid not in box.own
        assert f"NSpid:\t{pid}\t{inner}\n" in status
        assert [struct.unpack("3i", data)[0] for _, _, data in ancillary] == [pid]


def test_the_kernels_view_of_a_box_can_be_read_from_outside(box: Box) -> None:
    """The proof of a hang reads system calls and stacks of processes in a box, as ordinary user too."""
    assert Path(f"/proc/{box.zygote}/syscall").read_text()
    assert Path(f"/proc/{box.zygote}/wchan").read_text()
    assert Path(f"/proc/{box.zygote}/fd").is_dir()


def test_nobody_in_a_box_is_root(box: Box) -> None:
    """The program's uid is not 0, and its name is known to the password file."""
    assert ask(box, "import os\nos.getuid() * os.geteuid() * os.getgid()") != 0
    assert ask(box, "import getpass\ngetpass.getuser()") == "student"


def test_a_program_has_no_capability(box: Box) -> None:
    """No capability is held, and none can be gained by a setuid program."""
    status = dict(line.split(":\t", 1) for line in ask(box, "open('/proc/self/status').read()").splitlines())

    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"


def test_a_filter_stands_before_the_kernel(box: Box) -> None:
    """Where libseccomp can be had, tracing, new namespaces and files in memory are refused."""
    if "seccomp" not in box.isolation.enforced:
        pytest.skip("needs libseccomp: pip install 'ipc-grader[sandbox]'")

    assert ask(box, "import os\nos.memfd_create('x')").startswith("PermissionError")
    assert ask(box, "import socket\nsocket.socket(40, 1)").startswith("OSError: [Errno 97]")
    assert ask(box, "import ctypes\nctypes.CDLL(None).unshare(0x10000000)") == -1


def test_the_files_of_the_machine_are_not_there(box: Box, tmp_path: Path) -> None:
    """Neither the checkout of the grader, nor a file of a test, nor anybody's home can be seen."""
    canary = tmp_path / "canary"
    canary.write_text("secret")
    asked = [str(canary), str(Path(__file__).parent), str(Path.home() / ".ssh"), "/etc/shadow", "/var", "/sys"]

    assert ask(box, f"import os\n[path for path in {asked} if os.path.exists(path)]") == []


def test_installed_packages_are_not_there(box: Box) -> None:
    """A wheel of the grader holds hidden suites, so a program sees the standard library only."""
    assert ask(box, "import importlib.util as u\n[n for n in ('grader', 'pip', 'pytest') if u.find_spec(n)]") == []


def test_the_processes_of_the_machine_are_not_there(box: Box) -> None:
    """A program sees itself and its init, and cannot signal anybody else."""
    assert len(ask(box, "import os\n[entry for entry in os.listdir('/proc') if entry.isdigit()]")) <= 3
    assert ask(box, f"import os\nos.kill({os.getpid()}, 0)").startswith("ProcessLookupError")


def test_the_network_of_the_machine_is_not_there(box: Box) -> None:
    """A service of the machine cannot be reached, neither by port nor by abstract name; the loopback inside works."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(f"\0tests-of-the-sandbox-{os.getpid()}")
        abstract.listen()
        port, name = server.getsockname()[1], abstract.getsockname()

        assert "refused" in ask(box, f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 5)")
        assert "refused" in ask(box, f"import socket\nsocket.socket(socket.AF_UNIX).connect({name!r})")
    assert ask(box, "import socket\ns = socket.create_server(('localhost', 0))\ns.getsockname()[0]") == "127.0.0.1"


def test_the_environment_is_clean(box: Box) -> None:
    """Nothing of the examiner's environment crosses the wall."""
    ours = {"HOME", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH", "PWD", "PYTHONHASHSEED", "TMPDIR"}

    assert set(ask(box, "import os\nlist(os.environ)")) <= ours


def test_no_descriptor_of_the_examiner_is_inherited(box: Box) -> None:
    """A program holds its standard streams and the control line, nothing else."""
    listed = ask(
        box,
        """import os
def held():
    for number in os.listdir("/proc/self/fd"):
        try: yield os.readlink(f"/proc/self/fd/{number}").split(":")[0]
        except FileNotFoundError: pass  # the listing's own
sorted(held())""",
    )

    assert listed == ["/dev/null", "/dev/null", "pipe", "socket"]


def test_memory_on_dev_shm_is_private(box: Box) -> None:
    """What a program puts there works, and the machine never sees it."""
    assert ask(box, "open('/dev/shm/of-the-box', 'w').write('x')") == 1
    assert not Path("/dev/shm/of-the-box").exists()  # noqa: S108  the machine's


@pytest.mark.parametrize("place", ["/dev/shm", "/tmp", "/work"])  # noqa: S108  the box's
def test_the_size_of_each_writable_place_is_bound(box: Box, place: str) -> None:
    """Neither many files nor one big file can take more than the limit."""
    half = f"open('{place}/%d', 'wb').write(bytes({MIB * 3 // 4}))"
    outcome = ask(box, f"{half % 1}\n{half % 2}")
    ask(box, f"import os\n[os.unlink('{place}/' + name) for name in ('1', '2')]")

    assert outcome.startswith("OSError: [Errno 28]")


def test_everything_else_is_read_only(box: Box) -> None:
    """Root, /dev, /etc, the files of the box and the interpreter's folder cannot be written."""
    places = ["/", "/dev", "/etc", "/box", "/box/sub", "/usr", sys.base_prefix]
    refused = [ask(box, f"open({place + '/new'!r}, 'w')") for place in places]

    assert not [answer for answer in refused if "Error" not in answer]


def test_a_program_may_remove_or_replace_no_file_of_the_box(box: Box) -> None:
    """The submission and our own code stay what they are."""
    assert "Error" in ask(box, "import os\nos.unlink('/box/main.py')")
    assert "Error" in ask(box, "import os\nos.rename('/work', '/box/sub')")


def test_tasks_are_bound(walls: Isolation, opened: Opener) -> None:
    """Forking ends with an error at the limit, counted in the box alone."""
    if "processes" not in walls.enforced:
        pytest.skip("needs Linux 5.14 or newer")
    small = opened(walls, limits=Limits(processes=4))
    count = ask(
        small,
        """import os, time
def fork_all():
    for count in range(100):
        try:
            if not os.fork(): time.sleep(60)
        except BlockingIOError: return count
fork_all()""",
    )

    assert 4 <= count <= 16


def test_memory_of_a_process_is_bound(walls: Isolation, opened: Opener) -> None:
    """A process that asks for more than the limit gets a MemoryError."""
    small = opened(walls, limits=Limits(memory=64 * MIB))

    assert ask(small, f"bytearray({32 * MIB}) and 1") == 1
    assert ask(small, f"bytearray({128 * MIB})").startswith("MemoryError")


def test_a_box_is_the_first_to_die_when_memory_ends(box: Box) -> None:
    """The kernel's choice falls on a box before it falls on the grader."""
    assert ask(box, "open('/proc/self/oom_score_adj').read()") == "1000\n"


def test_boxes_of_root_have_different_uids(walls: Isolation, opened: Opener) -> None:
    """Counting tasks by uid is exact because no two boxes share one."""
    if os.geteuid() != 0:
        pytest.skip("only root has uids to give away")
    uids = {ask(opened(walls), "import os\nos.getuid()") for _ in range(2)}

    assert len(uids) == 2


def test_the_private_folder_is_closed_to_others(box: Box) -> None:
    """On a shared machine nobody else can reach the desk or read a submission."""
    folder = Path(box.desk.getsockname()).parents[1]

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_system_python_works_too(walls: Isolation, opened: Opener) -> None:
    """The box's Python need not be the examiner's."""
    system = Path("/usr/bin/python3")
    if not system.exists():
        pytest.skip("needs /usr/bin/python3: apt install python3")

    assert ask(opened(walls, python=str(system)), "import sys\nsys.prefix") == "/usr"


def test_all_of_this_was_tried_and_not_assumed(walls: Isolation) -> None:
    """What is said to hold and what is said to be missing are together everything that is known."""
    assert find().isolation == walls
    assert not set(walls.enforced) & set(walls.missing)
    assert {"pid", "ipc", "net", "mount", "uts", "uid", "capabilities"} <= set(walls.enforced)
