@echo off
rem Finds the Python of this bundle and runs install.py beside this file.
py -$python -c "" >nul 2>nul && (py -$python "%~dp0install.py" %*) || (python "%~dp0install.py" %*)
