"""The expert pool 评标专家库: who may sit, who is drawn, and whether the committee is lawful."""
