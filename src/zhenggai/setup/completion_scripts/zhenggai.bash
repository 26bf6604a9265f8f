# zhenggai 的补全（bash 4.4 以上），由 zhenggai completion install 生成

((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || return 0

_zhenggai() {
    local program=${1/#\~/$HOME} shell=bash
    local -a answer
    type "$program" &>/dev/null || return 0 # 程序不在 PATH 上：不说话
    [[ $COMP_TYPE == 37 || $COMP_TYPE == 42 ]] && shell=plain # menu-complete、insert-completions 逐个填入，不要说明
    mapfile -t answer < <(
        _ZHENGGAI_COMPLETE=$shell _ZHENGGAI_COLUMNS=${COLUMNS:-80} _ZHENGGAI_TYPED=${COMP_WORDS[COMP_CWORD]} \
            _ZHENGGAI_WORDS=$(printf '%s\n' "${COMP_WORDS[@]:1:COMP_CWORD-1}") "$program" 2>/dev/null </dev/null
    )
    COMPREPLY=("${answer[@]:1}")
    COMPREPLY=("${COMPREPLY[@]%%$'\t'*}")
    compopt -o nosort
    case ${answer[0]-} in
    files) compopt -o default -o filenames ;;
    folders)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "${COMP_WORDS[COMP_CWORD]}")
        ;;
    *) [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace ;;
    esac
}

complete -F _zhenggai zhenggai zg
