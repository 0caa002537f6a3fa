"""What can go wrong between the platform and its witness 见证中的问题."""

from __future__ import annotations

from trading.errors import Refused


class NoWitness(Refused):
    """No witness is configured, or the one that is did not cosign: a fault of the surroundings, to be tried again."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("no_witness", zh, en)


class RolledBack(Refused):
    """The record is shorter than, or another than, what a witness has cosigned: the service must not go on."""

    def __init__(self, size: int, found: int) -> None:
        super().__init__(
            "rolled_back",
            f"存证日志与已见证的状态不符（已见证 {size} 条，现有 {found} 条，或者内容不同）：数据库可能恢复自旧备份。"
            "由两个不同单位的人员签名登记事故（trading incident）之前，服务不启动",
            f"The record is not the one that its witness has seen (seen: {size} entries, found: {found}, or others): "
            "the database may come from an old backup. The service does not start until two people of different "
            "organisations have signed the incident (trading incident)",
        )
        self.size = size
        self.found = found

    def __str__(self) -> str:
        """Both sentences: whoever starts a server reads them at the end of a log."""
        return f"{self.zh}。{self.en}"
