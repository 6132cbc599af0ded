"""The tables in which stages meet: one contract each, and the layouts of rows that kernels read and write."""
