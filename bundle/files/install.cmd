@echo off
rem Finds the Python of this bundle and runs install.py beside this file.
py -$python -c "" >nul 2>nul
if errorlevel 1 (python "%~dp0install.py" %*) else (py -$python "%~dp0install.py" %*)
