@echo off
rem Finds a Python that the wheels fit, else runs the installer that lies in installers\, and lets it install the program.
rem ASCII only: cmd reads this file in the code page of the computer, whatever that is.
setlocal
pushd "%~dp0"
set "PYTHON="
call :find
if defined PYTHON goto install
for %%F in (installers\python-*.exe) do start /wait "" "%%F" /passive InstallAllUsers=0 InstallLauncherAllUsers=0
call :find
if defined PYTHON goto install
type program\no-python.txt
set "CODE=5"
goto end

:install
"%PYTHON%" program\install.py %*
set "CODE=%ERRORLEVEL%"

:end
popd
pause
exit /b %CODE%

:find
for %%V in (14 13 12 11) do call :version %%V
for %%P in (python.exe) do call :try "%%~$PATH:P"
exit /b

:version
call :try "%LOCALAPPDATA%\Programs\Python\Python3%1\python.exe"
call :try "%ProgramFiles%\Python3%1\python.exe"
for /f "delims=" %%P in ('py -3.%1 -c "import sys; print(sys.executable)" 2^>nul') do call :try "%%P"
exit /b

:try
if defined PYTHON exit /b
if "%~1"=="" exit /b
if not exist "%~1" exit /b
"%~1" program\install.py --fits >nul 2>nul && set "PYTHON=%~1"
exit /b
