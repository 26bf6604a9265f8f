# zhenggai completion for PowerShell 5.1 and 7, written by: zhenggai completion install powershell

Register-ArgumentCompleter -Native -CommandName zhenggai, zg -ScriptBlock {
    param($typed, $line, $cursor)
    $program = $line.GetCommandName()
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { return }  # not on the PATH
    $words = $line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { $_.Extent.Text }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
        $env:_ZHENGGAI_COMPLETE = 'powershell'
        $env:_ZHENGGAI_TYPED = "$typed"
        $env:_ZHENGGAI_WORDS = $words -join "`n"
        $answer = @(& $program 2>$null)
    }
    finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:_ZHENGGAI_COMPLETE, Env:_ZHENGGAI_TYPED, Env:_ZHENGGAI_WORDS -ErrorAction SilentlyContinue
    }
    if ($answer.Count -gt 0 -and $answer[0] -ne 'names') { return }  # PowerShell completes files by itself
    if ($answer.Count -lt 2) { return '' }  # nothing fits: no files either
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $name, $about = $_ -split "`t", 2
        $inserted = if ($name -match '[\s''"`$&|;<>(){}@,#]') { "'" + $name.Replace("'", "''") + "'" } else { $name }
        if (-not $about) { $about = $name }
        [System.Management.Automation.CompletionResult]::new($inserted, $name, 'ParameterValue', $about)
    }
}
