"""公平竞争审查提示: reads tender documents within limits and finds sentences that a person must look at."""
