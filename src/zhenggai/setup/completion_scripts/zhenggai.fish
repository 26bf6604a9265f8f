# zhenggai 的补全（fish 3.1 以上），由 zhenggai completion install 生成

function __zhenggai_answer
    set -l words (commandline -opc)
    type -q $words[1]; or return # 程序不在 PATH 上：不说话
    _ZHENGGAI_COMPLETE=fish _ZHENGGAI_TYPED=(commandline -ct) \
        _ZHENGGAI_WORDS=(string join \n -- $words[2..] | string collect) $words[1] 2>/dev/null </dev/null
end

function __zhenggai_complete
    set -l answer $__zhenggai_found
    set -e __zhenggai_found
    set -q answer[1]; or set answer (__zhenggai_answer)
    switch "$answer[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct)
        case names
            string join \n -- $answer[2..]
    end
end

# fish 只留与所打的字相像的。打的是拼音首字母时，Tab 先把它换成找到的名称：只有一个就填上，有几个就列出来
function __zhenggai_tab
    set -l typed (commandline -ct)
    if string match -qr '^(--|.*=)?[a-z]+$' -- $typed; and string match -qr '(^|/)(zhenggai|zg)$' -- (commandline -opc)[1]; and not commandline -P
        set -l answer (__zhenggai_answer)
        if set -q answer[2]; and not string match -q -- "*$typed*" $answer[2..]
            set -l name (string split \t -- $answer[2])[1]
            if set -q answer[3]
                set -g __zhenggai_found $answer
                commandline -rt -- ''
            else
                commandline -rt -- (string escape -- $name)' '
                return
            end
        end
    end
    commandline -f complete
end

complete --command zhenggai --no-files --keep-order --arguments '(__zhenggai_complete)'
complete --command zg --no-files --keep-order --arguments '(__zhenggai_complete)'
if status is-interactive
    bind \t __zhenggai_tab
    bind -M insert \t __zhenggai_tab
end
