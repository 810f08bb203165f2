# Completion of bobbin-cli for fish.
# SPDX-License-Identifier: GPL-3.0-or-later

function __bobbin_cli_uses --argument-names command
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test $words[2] = $command
end

complete -c bobbin-cli -f -n 'test (count (commandline -opc)) -eq 1' -a 'get race'
complete -c bobbin-cli -n 'test (count (commandline -opc)) -eq 1' -l version -d 'Show the version'
complete -c bobbin-cli -f -n '__bobbin_cli_uses race; and test (count (commandline -opc)) -eq 2' -a 'list run explore bench'
complete -c bobbin-cli -f -n '__bobbin_cli_uses race; and test (count (commandline -opc)) -eq 3' -a '(bobbin-cli race list 2>/dev/null | cut -d " " -f 1)'

complete -c bobbin-cli -n '__bobbin_cli_uses get' -s d -l directory -x -a '(__fish_complete_directories)' -d 'Where files go'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s o -l output -x -d 'The file’s name'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s i -l input -r -F -d 'More URLs from a file'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s j -l jobs -x -d 'Downloads at a time'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s s -l segments -x -d 'Most connections for one download'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l min-segment -x -d 'Never split below this'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l max-per-host -x -d 'Most connections to one host'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l limit-rate -x -d 'Bytes per second in all'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l limit-rate-each -x -d 'Bytes per second for each download'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l timeout -x -d 'Give up on a silent connection after'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l retries -x -d 'Tries after the first'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l retry-wait -x -d 'First wait'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l checksum -x -a 'md5= sha1= sha256= sha384= sha512=' -d 'What the file must have'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l find-checksum -d 'Look for files of checksums'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l header -x -d 'An extra request header'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l user -x -d 'User and password'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l netrc -d 'Take user and password from ~/.netrc'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l cookies -r -F -d 'A Netscape cookie file'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l referer -x -d 'The Referer header'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l user-agent -x -d 'The User-Agent header'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l proxy -x -a 'http:// https:// socks5:// none' -d 'Which proxy'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l metalink -r -F -d 'Download the files of a Metalink'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l cacert -r -F -d 'Certificate authorities to trust'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l insecure -d 'Accept any TLS certificate'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l on-conflict -x -a 'rename overwrite skip' -d 'The final name is taken'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l no-resume -d 'Start over'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l state-dir -x -a '(__fish_complete_directories)' -d 'Where the journal lives'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -l json -d 'Results as JSON'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s q -l quiet -d 'No progress'
complete -c bobbin-cli -n '__bobbin_cli_uses get' -s h -l help -d 'Show a help'
