"""Speed and memory, as ratios measured side by side in one run. `./dev bench` runs all, `./dev bench crossings` one."""
