"""``python -m trading.witness`` 独立运行见证方."""

from trading.witness.commands import witness

if __name__ == "__main__":
    witness(prog_name="python -m trading.witness")
