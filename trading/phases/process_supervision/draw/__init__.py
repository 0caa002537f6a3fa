"""The draw of experts 专家抽取: planned, committed to, revealed, told under seal, seated."""
