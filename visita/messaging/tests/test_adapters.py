"""What every adapter promises, and what the log of deliveries keeps."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings

from visita.foundation.scope import scope
from visita.messaging import adapters, outgoing
from visita.messaging.adapters.console import Console
from visita.messaging.adapters.file import File
from visita.messaging.message import CHANNELS, Adapter, Channel, Message, NotSent
from visita.messaging.models import Delivery
from visita.messaging.tests.conftest import Outbox, Tenant

SECRET = "123456 is your code"


def message(channel: Channel = "sms", key: str = "k1") -> Message:
    """A message with a secret."""
    return Message(channel, "+40721555014", "en", "", SECRET, "sign_in", key)


@pytest.fixture(params=sorted(adapters.ADAPTERS))
def adapter(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Adapter:
    """Each adapter there is."""
    monkeypatch.setattr(settings, "VISITA_DATA", tmp_path)
    return adapters.ADAPTERS[request.param]()


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_adapter_sends_every_channel_gives_a_reference_and_logs_nothing(
    adapter: Adapter, channel: Channel, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert adapter.name in adapters.ADAPTERS
    assert 0 < len(adapter.send(message(channel))) <= 200
    assert caplog.text == ""


def test_a_message_keeps_its_secret_when_printed() -> None:
    assert "123456" not in repr(message()) and "+4072" not in repr(message())


def test_the_file_is_for_its_user_alone_and_the_same_key_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VISITA_DATA", tmp_path)
    assert File().send(message()) == File().send(message())
    (one,) = (tmp_path / "outgoing").iterdir()
    assert one.stat().st_mode & 0o777 == 0o600
    assert json.loads(one.read_text())["body"] == SECRET


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outgoing").write_text("in the way")
    monkeypatch.setattr(settings, "VISITA_DATA", tmp_path)
    with pytest.raises(NotSent, match="file"):
        File().send(message())


def test_a_terminal_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise OSError(5, "gone")

    monkeypatch.setattr("sys.stderr", Gone())
    with pytest.raises(NotSent, match="console: gone"):
        Console().send(message())


def test_the_log_says_that_and_to_whom_but_never_what(tenant: Tenant, outbox: Outbox) -> None:
    outgoing.post(tenant.id, message(), "+40 ••• 014")
    with scope(tenant.id):
        row = Delivery.objects.values().get()
    assert (row["state"], row["recipient"], row["reference"]) == ("sent", "+40 ••• 014", "k1")
    assert "123456" not in str(row) and "721555" not in str(row)


def test_a_provider_that_fails_is_noted_and_disturbs_nobody(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Outbox):
        def send(self, message: Message) -> str:
            raise NotSent("down")

    monkeypatch.setattr(adapters, "chosen", lambda _channel: [Broken()])
    outgoing.post(tenant.id, message(), "+40 ••• 014")
    with scope(tenant.id):
        assert Delivery.objects.values_list("state", "reason").get() == ("failed", "down")
    assert "down" in caplog.text and "123456" not in caplog.text


def test_what_is_withheld_is_logged_and_not_sent(tenant: Tenant, outbox: Outbox) -> None:
    outgoing.post(tenant.id, message(), "+40 ••• 014", withheld=True)
    with scope(tenant.id):
        assert Delivery.objects.get().state == "withheld"
    assert outbox.sent == []
