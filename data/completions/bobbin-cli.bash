# Completion of bobbin-cli for bash.
# SPDX-License-Identifier: GPL-3.0-or-later

_bobbin_cli ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local options='--directory --output --input --jobs --segments --min-segment --max-per-host
    --limit-rate --limit-rate-each --timeout --retries --retry-wait --checksum --find-checksum
    --header --user --netrc --cookies --referer --user-agent --proxy --metalink --cacert
    --insecure --on-conflict --no-resume --state-dir --json --quiet --help
    -d -o -i -j -s -q -h'

  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W 'get race --help --version' -- "$cur"))
    return
  fi
  if [[ ${COMP_WORDS[1]} == race ]]; then
    if [[ $COMP_CWORD -eq 2 ]]; then
      COMPREPLY=($(compgen -W 'list run explore bench' -- "$cur"))
    elif [[ $COMP_CWORD -eq 3 && $prev != list ]]; then
      COMPREPLY=($(compgen -W "$(bobbin-cli race list 2>/dev/null | cut -d ' ' -f 1)" -- "$cur"))
    fi
    return
  fi
  [[ ${COMP_WORDS[1]} == get ]] || return
  case $prev in
    -d|--directory|--state-dir)
      COMPREPLY=($(compgen -d -- "$cur")) ;;
    -i|--input|--cookies|--metalink|--cacert)
      COMPREPLY=($(compgen -f -- "$cur")) ;;
    --on-conflict)
      COMPREPLY=($(compgen -W 'rename overwrite skip' -- "$cur")) ;;
    --checksum)
      compopt -o nospace
      COMPREPLY=($(compgen -W 'md5= sha1= sha256= sha384= sha512=' -- "$cur")) ;;
    --proxy)
      COMPREPLY=($(compgen -W 'http:// https:// socks5:// none' -- "$cur")) ;;
    -o|--output|-j|--jobs|-s|--segments|--min-segment|--max-per-host|--limit-rate|--limit-rate-each|\
    --timeout|--retries|--retry-wait|--header|--user|--referer|--user-agent)
      ;;
    *)
      COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
  esac
}

complete -F _bobbin_cli bobbin-cli
