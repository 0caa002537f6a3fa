"""Checkpoints 检查点 of the record: cut on rhythm, cosigned by another organisation, remembered elsewhere."""
