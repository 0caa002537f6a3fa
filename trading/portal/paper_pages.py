"""The standard papers of a lot 标准文书: as a list, as a page, as PDF."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from trading.database import db
from trading.documents.paper import Paper, PaperKind
from trading.documents.shelf import Asking, paper_of, papers_of
from trading.errors import NotFound
from trading.models import Lot
from trading.portal.blueprint import blueprint
from trading.web import access
from trading.web.printing import printed
from trading.web.steps import find_lot, now, tools

BLOCKS = {"Heading": "heading", "Text": "text", "Pairs": "pairs", "Table": "table"}


def asking(lot: Lot) -> Asking:
    """Who asks, by the numbers that are in force for the lot."""
    return Asking(db.session, lot, access.caller(), tools().values(lot, now()))


def wanted(code: str, kind: str) -> tuple[Lot, Paper]:
    """The paper of this address.

    Raises:
        NotFound: no such lot, kind or paper, or not for this reader.
    """
    lot = find_lot(code)
    if kind not in {one.value for one in PaperKind}:
        raise NotFound("没有这份文书", "There is no such paper")
    return lot, paper_of(asking(lot), PaperKind(kind))


def blocks_of(paper: Paper) -> list[tuple[str, object]]:
    """The blocks of a paper with the name by which a template knows them."""
    return [(BLOCKS[type(one).__name__], one) for one in paper.blocks]


@access.public
def papers(code: str) -> ResponseReturnValue:
    """All papers of a lot that this reader may have."""
    lot = find_lot(code)
    return render_template("portal/papers.html", lot=lot, papers=papers_of(asking(lot)))


@access.public
def paper(code: str, kind: str) -> ResponseReturnValue:
    """One paper as a page."""
    lot, found = wanted(code, kind)
    return render_template("portal/paper.html", lot=lot, paper=found, blocks=blocks_of(found))


@access.public
def paper_pdf(code: str, kind: str) -> ResponseReturnValue:
    """One paper as PDF; for who is logged in also those that are not public."""
    lot, found = wanted(code, kind)
    pdf = printed("documents/standard.html", lot=lot, paper=found, blocks=blocks_of(found), issuer=issuer(lot))
    headers = {"Content-Disposition": f'inline; filename="{kind}-{lot.code}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def issuer(lot: Lot) -> str:
    """Who issues a paper: the owner."""
    return lot.project.owner.name


blueprint.add_url_rule("/lots/<string:code>/papers", "papers", papers)
blueprint.add_url_rule("/lots/<string:code>/papers/<string:kind>", "paper", paper)
blueprint.add_url_rule("/lots/<string:code>/papers/<string:kind>.pdf", "paper_pdf", paper_pdf)
