import ArgumentParser

/// The completion scripts for shells.
enum CompletionScript {
  static func text(for shell: CompletionShell) -> String {
    let script = CommandTree.root.completionScript(for: shell)
    guard shell == .bash else { return script }
    let plain = "complete -o filenames -F _switchlist switchlist"
    return script.replacing(plain, with: wholeWords)
  }

  /// Bash splits words at `@`, `:` and `=`, which occur in ours: `@FILE`, times, `--option=value`. The script
  /// joins them before the parser's function sees them, and splits the results again.
  private static let wholeWords = #"""
    _switchlist_whole_words() {
        local -a whole=()
        local -i index cursor=0
        local rest="${COMP_LINE:0:COMP_POINT}" word gap
        for ((index = 0; index <= COMP_CWORD; index++)); do
            word="${COMP_WORDS[index]}"
            gap=1
            if ((index > 0)) && [[ -n "${word}" && "${rest:0:${#word}}" == "${word}" ]]; then
                gap=0
            fi
            rest="${rest#"${rest%%[![:space:]]*}"}"
            rest="${rest:${#word}}"
            if ((gap)); then
                whole+=("${word}")
            elif [[ "${word}" == '=' && "${whole[-1]}" == --* ]]; then
                whole+=('')
            else
                whole[-1]+="${word}"
            fi
        done
        cursor=$((${#whole[@]} - 1))

        local -r typed="${2}" current="${whole[cursor]}"
        local -a COMP_WORDS=("${whole[@]}")
        local COMP_CWORD="${cursor}"
        _switchlist "${1}" "${current}" "${whole[cursor - 1]}"
        local -r before="${current%"${typed}"}"
        if [[ -n "${before}" ]]; then
            COMPREPLY=("${COMPREPLY[@]#"${before}"}")
        fi
        # A folder's name goes on.
        if [[ "${#COMPREPLY[@]}" -eq 1 && "${COMPREPLY[0]}" == */ ]]; then
            compopt -o nospace 2>/dev/null
        fi
    }

    complete -o filenames -F _switchlist_whole_words switchlist
    """#
}
