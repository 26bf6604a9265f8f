# zhenggai 的补全（zsh 5 以上），由 zhenggai completion install 生成

_zhenggai() {
    local line name about typed=${(Q)PREFIX} by_pinyin=
    local -a answer names suffix
    whence -- ${(Q)~words[1]} >/dev/null || return # 程序不在 PATH 上：不说话
    answer=("${(@f)$(
        _ZHENGGAI_COMPLETE=zsh _ZHENGGAI_TYPED=$typed _ZHENGGAI_WORDS=${(F)${(@Q)words[2,CURRENT-1]}} \
            ${(Q)~words[1]} 2>/dev/null </dev/null
    )}")
    case $answer[1] in
    files) _files ;;
    folders) _files -/ ;;
    names)
        for line in $answer[2,-1]; do
            name=${line%%$'\t'*} about=${line#*$'\t'}
            [[ $name == ${(b)typed}* ]] || by_pinyin=yes
            [[ $name == *= ]] && suffix=(-S '')
            names+=("${name//:/\\:}${about:+:$about}")
        done
        _describe -V zhenggai names -U "${suffix[@]}"
        [[ -n $by_pinyin ]] && compstate[insert]=menu # 不像所打的字：依次填入，不填共同的开头
        ;;
    esac
}

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _zhenggai zhenggai zg
