"""The five phases of a trade 五个阶段, in the order of the procedure; strangers to one another."""

from trading.phases import filing, follow_up, method_approval, process_supervision, result_confirmation

PHASES = (filing, method_approval, process_supervision, result_confirmation, follow_up)
