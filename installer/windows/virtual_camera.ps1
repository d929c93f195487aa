<#
.SYNOPSIS
    Registers the virtual camera "Live2Diff Camera" on Windows, or removes it.

.DESCRIPTION
    Not yet run on Windows.

    The camera is UnityCapture (https://github.com/schellingb/UnityCapture), a DirectShow filter that
    can be registered under any name. Its 32-bit file serves 32-bit programs, its 64-bit file all
    others; both are registered. Without it, OBS Studio's virtual camera is used, under its own
    name.

.EXAMPLE
    virtual_camera.ps1 -Install -Source C:\Downloads\UnityCapture\Install
.EXAMPLE
    virtual_camera.ps1 -Remove
.EXAMPLE
    virtual_camera.ps1 -Status
#>
[CmdletBinding(DefaultParameterSetName = 'Status', SupportsShouldProcess)]
param(
    [Parameter(ParameterSetName = 'Install', Mandatory)] [switch] $Install,
    [Parameter(ParameterSetName = 'Remove', Mandatory)] [switch] $Remove,
    [Parameter(ParameterSetName = 'Status')] [switch] $Status,
    # The folder with UnityCaptureFilter32.dll and UnityCaptureFilter64.dll.
    [Parameter(ParameterSetName = 'Install')] [string] $Source = $PSScriptRoot
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$CameraName = 'Live2Diff Camera'
$Target = Join-Path $env:ProgramFiles 'Live2Diff Camera\virtual camera'
$Filters = @(
    @{ File = 'UnityCaptureFilter32.dll'; Tool = "$env:SystemRoot\SysWOW64\regsvr32.exe" },
    @{ File = 'UnityCaptureFilter64.dll'; Tool = "$env:SystemRoot\System32\regsvr32.exe" }
)
$VideoInputs = 'Registry::HKEY_CLASSES_ROOT\CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance'

function Get-CameraNames {
    Get-ChildItem $VideoInputs -ErrorAction SilentlyContinue |
        ForEach-Object { $_.GetValue('FriendlyName') }
}

function Assert-Administrator {
    $user = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
    if (-not $user.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'Run this in a PowerShell started as administrator.'
    }
}

function Invoke-Register([string] $Tool, [string[]] $Arguments) {
    $done = Start-Process $Tool -ArgumentList $Arguments -Wait -PassThru
    if ($done.ExitCode -ne 0) { throw "$Tool $Arguments ended with $($done.ExitCode)." }
}

function Install-Camera {
    foreach ($filter in $Filters) {
        if (-not (Test-Path (Join-Path $Source $filter.File))) {
            throw "$($filter.File) is not in $Source. Download UnityCapture from " +
                'https://github.com/schellingb/UnityCapture and give its Install folder as -Source.'
        }
    }
    if (-not $PSCmdlet.ShouldProcess($Target, "copy and register `"$CameraName`"")) { return }
    Assert-Administrator
    New-Item -ItemType Directory -Force $Target | Out-Null
    foreach ($filter in $Filters) {
        $file = Join-Path $Target $filter.File
        Copy-Item (Join-Path $Source $filter.File) $file -Force
        Invoke-Register $filter.Tool @('/s', "`"/i:UnityCaptureName=$CameraName`"", "`"$file`"")
    }
    Write-Output "`"$CameraName`" is registered."
}

function Remove-Camera {
    if (-not $PSCmdlet.ShouldProcess($Target, "unregister and delete `"$CameraName`"")) { return }
    Assert-Administrator
    foreach ($filter in $Filters) {
        $file = Join-Path $Target $filter.File
        if (Test-Path $file) { Invoke-Register $filter.Tool @('/s', '/u', "`"$file`"") }
    }
    if (Test-Path $Target) { Remove-Item -Recurse $Target }
    Write-Output "`"$CameraName`" is removed."
}

if ($Install) { Install-Camera }
elseif ($Remove) { Remove-Camera }
elseif ((Get-CameraNames) -contains $CameraName) { Write-Output "`"$CameraName`" is registered." }
else { Write-Output "`"$CameraName`" is not registered."; exit 1 }
