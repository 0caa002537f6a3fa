"""The offline commands 离线命令: keys, signatures, sealing and shares on a machine of one's own, without any server."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

import click
import pyrage
from pyrage import x25519

from trading.ledger.actions import ActionKey, message
from trading.ledger.canonical import CanonicalError, canonical
from trading.ledger.entries import LOG_CHAIN
from trading.money import MoneyError, yuan
from trading.sealing import amounts, ptbid
from trading.sealing.contents import PRICED, Attachment, Place
from trading.sealing.faults import Blame, SealError, ShareFault
from trading.sealing.headers import check_header, envelope_id
from trading.sealing.key_files import (
    PersonKeyFile,
    bid_key_text,
    is_locked,
    locked,
    read_bid_key,
    unlocked,
    write_new,
)

OFFICER = "officer"
READABLE = 0o644
IN_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT_FILE = click.Path(dir_okay=False, path_type=Path)
Command = Callable[..., None]


def plainly(command: Command) -> Command:
    """A command whose faults are told in one sentence, in both languages."""

    @wraps(command)
    def wrapped(*given: Any, **named: Any) -> None:
        try:
            command(*given, **named)
        except SealError as wrong:
            raise click.ClickException(f"{wrong.zh}。{wrong.en}.") from wrong

    return wrapped


def tell(**facts: Any) -> None:
    """Print facts as JSON."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1))


def keep(path: Path, key: PersonKeyFile, protect: bool) -> None:
    """Write a key file, closed with a passphrase when asked."""
    text = key.text()
    if protect:
        text = locked(text, click.prompt("口令 Passphrase", hide_input=True, confirmation_prompt=True))
    write_new(path, text)


def read_key(path: Path) -> PersonKeyFile:
    """Read a key file; asks for the passphrase of a closed one."""
    text = path.read_bytes()
    if is_locked(text):
        text = unlocked(text, click.prompt("口令 Passphrase", hide_input=True, err=True))
    return PersonKeyFile.read(text)


def read_json(path: Path) -> Any:
    """JSON of a file.

    Raises:
        SealError: it is none.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise SealError(f"{path} 不是 JSON 文件", f"{path} is no JSON") from error


def fingerprint(text: str) -> str:
    """The first 32 hex digits of a key's SHA-256 in groups of four, to be compared by eye."""
    digits = hashlib.sha256(text.encode()).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def registration(key: PersonKeyFile) -> dict[str, str]:
    """What ``POST /api/v1/keys`` wants: the public key, and its own signature over its registration."""
    body = {"person": key.person, "pub": key.signing.public, "role": key.role}
    return {
        "public": key.signing.public,
        "sig": key.signing.sign(message(LOG_CHAIN, "key.registered", key.person, body)),
    }


@click.command("person-key")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The key file; never overwritten.")
@click.option("--person", required=True, help="Your person id, as the page “my signing key” shows it.")
@click.option("--role", required=True, help="Your role there: bidder, centre, supervisor, expert, notary …")
@click.option("--passphrase", is_flag=True, help="Close the file with a passphrase.")
@plainly
def person_key(output: Path, person: str, role: str, passphrase: bool) -> None:
    """Make a signing key 个人签名密钥; prints what registers it."""
    key = PersonKeyFile(person, role, ActionKey.new())
    keep(output, key, passphrase)
    tell(person=person, role=role, fingerprint=fingerprint(key.signing.public), register=registration(key))


@click.command("officer-key")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The key file; never overwritten.")
@click.option("--person", required=True, help="Your person id, as the page “my signing key” shows it.")
@click.option("--passphrase", is_flag=True, help="Close the file with a passphrase.")
@plainly
def officer_key(output: Path, person: str, passphrase: bool) -> None:
    """Make an opening officer's keys 开标密钥: one signs, one unwraps shares; prints what registers both."""
    identity = x25519.Identity.generate()
    key = PersonKeyFile(person, OFFICER, ActionKey.new(), str(identity))
    keep(output, key, passphrase)
    recipient = str(identity.to_public())
    body = {"id": person, "recipient": recipient}
    sig = key.signing.sign(message(LOG_CHAIN, "officer.key", person, body))
    tell(
        person=person, recipient=recipient, fingerprint=fingerprint(recipient), register=registration(key),
        register_recipient={"recipient": recipient, "sig": sig},
    )  # fmt: skip


@click.command("sign")
@click.argument("key_file", metavar="FILE.key", type=IN_FILE)
@click.argument("text_file", metavar="TEXTFILE", type=IN_FILE)
@plainly
def sign(key_file: Path, text_file: Path) -> None:
    """Sign a text that a page showed “to be signed”; prints 128 hex digits.

    The file must hold the text byte by byte, without a line feed after it; what is signed is shown first.
    """
    text = text_file.read_bytes()
    head, _line, rest = text.partition(b"\n")
    if head != b"ptaction/v1":
        raise SealError("不是待签名文本（首行应为 ptaction/v1）", "A text to sign begins with ptaction/v1")
    click.echo(rest.decode("utf-8", "replace"), err=True)
    click.echo(read_key(key_file).signing.sign(text))


@click.command("seal")
@click.option("--notice", "notice_file", required=True, type=IN_FILE, help="What /api/v1/lots/CODE/sealing gave.")
@click.option("--sheet", "sheet_file", required=True, type=IN_FILE, help='{"bidder": …, "total": "fen", …}')
@click.option("--attach", "attached", multiple=True, type=IN_FILE, help="A file of the bid; may be repeated.")
@click.option("--part", help="single, price or tech; default: the lot's only part.")
@click.option("--sign", "key_file", type=IN_FILE, help="Sign the submission with this key file.")
@click.option("--bid-version", default=1, show_default=True, type=click.IntRange(1), help="Which version this is.")
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@plainly
def seal(
    notice_file: Path, sheet_file: Path, attached: tuple[Path, ...], part: str | None, key_file: Path | None,
    bid_version: int, output: Path,
) -> None:  # fmt: skip
    """Seal a bid 密封投标 on this machine: header.json, ciphertext.age and bid.key, which you keep to yourself."""
    notice, sheet = read_json(notice_file), read_json(sheet_file)
    sealed = sealed_from(notice, sheet, part, [Attachment(one.name, one.read_bytes()) for one in attached])
    signer = read_key(key_file) if key_file else None
    if signer is not None and signer.person != sheet["bidder"]:
        raise SealError("签名密钥不是投标人的", "The signing key is not the bidder's")
    try:
        output.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise SealError(f"文件夹已存在：{output}", f"There is such a folder already: {output}") from error
    write_new(output / "header.json", canonical(sealed.header), READABLE)
    write_new(output / "ciphertext.age", sealed.ciphertext, READABLE)
    tender, named = sealed.header["tender"], sealed.header["part"]
    write_new(output / "bid.key", bid_key_text(tender, named, sealed.envelope, sealed.key))
    if signer is not None:
        body = {"envelope": sealed.envelope, "part": named, "version": bid_version}
        sig = signer.signing.sign(message(tender, "bid.received", signer.person, body))
        write_new(output / "submit.json", canonical({"header": sealed.header, "sig": sig}), READABLE)
    tell(envelope=sealed.envelope, part=named, sha256=sealed.header["ct_sha256"], bytes=sealed.header["ct_len"])


def sealed_from(notice: Any, sheet: Any, part: str | None, files: list[Attachment]) -> ptbid.SealedBid:
    """A bid sealed as the notice says.

    Raises:
        SealError: notice or sheet lack what they must say.
    """
    if not isinstance(notice, dict) or not isinstance(notice.get("tender"), str) or "groups" not in notice:
        raise SealError("公告文件缺少密封所需内容", "The notice does not tell what sealing needs")
    if not isinstance(sheet, dict) or not isinstance(sheet.get("bidder"), str):
        raise SealError("报价表须写明投标人编号 bidder", "The sheet names the bidder's person id: bidder")
    parts = notice.get("parts") or []
    if part is None and len(parts) == 1:
        part = parts[0]
    if part not in parts:
        raise SealError(f"请用 --part 指明信封：{'、'.join(parts)}", f"Name the envelope by --part: {', '.join(parts)}")
    place = Place(notice["tender"], str(part), sheet["bidder"])
    further = {name: value for name, value in sheet.items() if name not in {"bidder", "total", "attachments"}}
    if part not in PRICED:
        return ptbid.seal_tech(place, notice["groups"], further, files)
    total = sheet.get("total")
    if not isinstance(total, str) or not total.isascii() or not total.isdigit():
        raise SealError("报价 total 应为以分为单位的十进制文本", "total is fen in decimal digits, as text")
    return ptbid.seal_price(place, notice["groups"], int(total), further, files)


@click.command("open-bid")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--bidder", required=True, help="The bidder's person id.")
@plainly
def open_bid(folder: Path, bidder: str) -> None:
    """Open a bid of one's own 自检, in the folder that “seal” made, and show what the officers will find."""
    header = read_json(folder / "header.json")
    try:
        check_header(header, header["groups"], header["tender"], [header["part"]])
    except (TypeError, KeyError) as error:
        raise SealError("不是信封头", "This is no header") from error
    key = read_bid_key((folder / "bid.key").read_bytes())
    opened = ptbid.open_envelope(header, (folder / "ciphertext.age").read_bytes(), key, bidder)
    tell(envelope=envelope_id(header), sheet=opened.sheet, files=[one.name for one in opened.attachments])


@click.command("seal-amount")
@click.option("--place", "place_file", required=True, type=IN_FILE, help="place.json, as the page of the step gave it.")
@click.option("--amount", "text", prompt="金额（元） Amount in yuan", help="Asked for where it is not given.")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The envelope, to be handed in; never overwritten.")
@plainly
def seal_amount(place_file: Path, text: str, output: Path) -> None:
    """Seal an amount 密封金额 on this machine, a reserve or a final offer; FILE.key is for you to keep."""
    place = read_json(place_file)
    if not isinstance(place, dict) or not all(isinstance(place.get(one), str) for one in ("tender", "part", "bidder")):
        raise SealError("不是密封所需内容（place.json）", "This does not tell what sealing needs (place.json)")
    try:
        amount = yuan(text)
    except MoneyError as wrong:
        raise SealError("金额应为元，最多两位小数", "An amount is yuan with two places at most") from wrong
    if amount <= 0 or amount != Decimal(text.strip().replace(",", "")):
        raise SealError("金额应大于零，最多两位小数", "An amount is above nothing, with two places at most")
    at = Place(place["tender"], place["part"], place["bidder"])
    sealed = amounts.seal_amount(at, place.get("groups"), amount)
    write_new(output.with_name(f"{output.name}.key"), bid_key_text(at.tender, at.part, sealed.envelope, sealed.key))
    write_new(output, canonical(amounts.handed_in(sealed)), READABLE)
    tell(envelope=sealed.envelope, part=at.part)


@click.command("unseal-shares")
@click.argument("bundle_file", metavar="BUNDLE.json", type=IN_FILE)
@click.option("--key", "key_file", required=True, type=IN_FILE, help="The officer's key file.")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The shares, to be handed in; never overwritten.")
@plainly
def unseal_shares(bundle_file: Path, key_file: Path, output: Path) -> None:
    """Unwrap an officer's shares 解开密钥分片, offline: BUNDLE.json is what /api/v1/lots/CODE/bundle gave."""
    key, bundle = read_key(key_file), read_json(bundle_file)
    if not isinstance(bundle, dict) or not isinstance(bundle.get("envelopes"), list):
        raise SealError("不是分片包", "This is no bundle of shares")
    rows = [unwrapped(one, bundle.get("tender"), key) for one in bundle["envelopes"]]
    write_new(output, json.dumps({"shares": rows}, ensure_ascii=False, indent=1).encode())
    tell(shares=sum(1 for row in rows if row["value"]), faults=[row for row in rows if row["fault"]])


def unwrapped(item: Any, tender: Any, key: PersonKeyFile) -> dict[str, str | None]:
    """One row of what is handed in: the share, or why the bidder gave none.

    Raises:
        SealError: the bundle is none, or the key is not the one that was sealed to.
    """
    try:
        header, envelope = item["header"], item["envelope"]
        check_header(header, header["groups"], tender, [header["part"]])
        if envelope_id(header) != envelope:
            raise SealError(f"信封头与编号不符：{envelope}", f"The header is not that of envelope {envelope}")
    except (TypeError, KeyError, CanonicalError) as error:
        raise SealError("分片包不完整", "The bundle is not whole") from error
    try:
        return {"envelope": envelope, "value": ptbid.unwrap(header, key.person, key.identity).hex(), "fault": None}
    except ShareFault as fault:
        if fault.blame is Blame.OFFICER:
            raise
        return {"envelope": envelope, "value": None, "fault": fault.zh}


@click.command("answer-rehearsal")
@click.argument("trial_file", metavar="TRIAL", type=IN_FILE)
@click.option("--key", "key_file", required=True, type=IN_FILE, help="The officer's key file.")
@plainly
def answer_rehearsal(trial_file: Path, key_file: Path) -> None:
    """Open the trial of a rehearsal 开标演练, the base64 text that the page gave; prints the answer."""
    identity = read_key(key_file).identity
    try:
        sealed = base64.b64decode(trial_file.read_bytes().strip(), validate=True)
        click.echo(bytes(pyrage.decrypt(sealed, [identity])).decode("ascii"))
    except (binascii.Error, UnicodeDecodeError, pyrage.DecryptError) as error:
        raise SealError("演练内容不能以该密钥解开", "The trial does not open with this key") from error


COMMANDS = (person_key, officer_key, sign, seal, open_bid, seal_amount, unseal_shares, answer_rehearsal)
