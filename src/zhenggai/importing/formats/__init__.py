"""The formats of other people's files: which kind one is, what is refused, and what is read of it by a process with limits.

``files`` goes this way: ``file_kinds`` → (``old_formats``) → ``scan`` → ``reading_process``, which starts ``child`` → ``word_file`` or
``excel_file`` → ``content_lines`` and back. Texts are read by ``text_file`` at once: nothing of them is run or unpacked.
"""
