" Diptych beside Neovim or Vim: what you edit and what you read go together.
"
" Written from docs/manual/remote.md alone. Needs Neovim, or Vim 9.0 or later with +channel.
"
"   :DiptychOpen [right]  open the file you edit in the session that reads, at the passage under the cursor
"   :DiptychHere          go to the passage under the cursor
"   :DiptychFollow        have the session go along with the cursor; again: no longer
"   :DiptychShow          go in the editor to where the session is
"   :Diptych next|back|return, :Diptych topic NAME, :Diptych stop 3, :Diptych say WORDS
"
" The line of the passage that is read is marked in the file as long as a session runs (highlight group DiptychRead).
" g:diptych_socket names the socket where it is not the newest one.

if exists('g:loaded_diptych') || !(has('nvim') || has('channel'))
  finish
endif
let g:loaded_diptych = 1
highlight default link DiptychRead CursorLine

let s:channel = v:null
let s:rest = ''
let s:shown = v:null
let s:waiting = v:null
let s:follows = 0
let s:followed = []

" The sockets of sessions, in each folder the one first that was begun last. A session that was killed leaves its own.
function! s:sockets() abort
  if exists('g:diptych_socket')
    return [g:diptych_socket]
  endif
  let folders = empty($XDG_RUNTIME_DIR) ? [] : [$XDG_RUNTIME_DIR . '/diptych']
  let state = empty($XDG_STATE_HOME) ? $HOME . '/.local/state' : $XDG_STATE_HOME
  let temporary = empty($TMPDIR) ? '/tmp' : $TMPDIR
  let sockets = []
  for folder in folders + [state . '/diptych/run', temporary . '/diptych-' . trim(system('id -u'))]
    let found = glob(folder . '/*.sock', 1, 1)
    let sockets += sort(found, {a, b -> getftime(b) - getftime(a)})
  endfor
  return sockets
endfunction

function! s:connected(quietly) abort
  if s:channel isnot v:null
    return 1
  endif
  let paths = s:sockets()
  for path in paths
    let s:rest = ''
    try
      if has('nvim')
        let s:channel = sockconnect('pipe', path, {'on_data': function('s:data')})
      else
        let s:channel = ch_open('unix:' . path, {'mode': 'nl', 'callback': {_, line -> s:heard(line)}, 'close_cb': {_ -> s:gone()}})
        if ch_status(s:channel) !=# 'open'
          throw 'closed'
        endif
      endif
      call s:send({'do': 'subscribe'})
      return 1
    catch
      let s:channel = v:null
    endtry
  endfor
  if a:quietly
    return 0
  endif
  return s:tell(len(paths) == 1 ? 'the session at ' . paths[0] . ' has ended' : 'no session of Diptych listens')
endfunction

" A session that was stopped does not go somewhere long after it was asked to.
function! s:send(request) abort
  let until = a:request.do ==# 'subscribe' ? {} : {'until': (localtime() + 5) * 1000}
  let line = json_encode(extend(extend({'v': 1}, a:request), until)) . "\n"
  if has('nvim')
    call chansend(s:channel, line)
  else
    call ch_sendraw(s:channel, line)
  endif
endfunction

function! s:ask(request) abort
  if s:connected(0)
    call s:send(a:request)
  endif
endfunction

" Neovim gives pieces: the last of each list is the beginning of a line.
function! s:data(_, pieces, ...) abort
  if a:pieces ==# ['']
    return s:gone()
  endif
  let a:pieces[0] = s:rest . a:pieces[0]
  let s:rest = a:pieces[-1]
  for line in a:pieces[:-2]
    call s:heard(line)
  endfor
endfunction

" Whether it is known what is shown. The answer to a subscription that was just sent is waited for, not while one only follows.
function! s:knows(quietly) abort
  if !s:connected(a:quietly)
    return 0
  endif
  for _ in range(a:quietly ? 0 : 50)
    if s:shown isnot v:null || s:channel is v:null
      break
    elseif has('nvim')
      call wait(20, {-> s:shown isnot v:null}, 5)
    else
      sleep 20m
    endif
  endfor
  return s:shown isnot v:null || !a:quietly && s:tell('the session does not answer')
endfunction

function! s:gone() abort
  let s:channel = v:null
  let s:shown = v:null
  call s:mark()
endfunction

function! s:heard(line) abort
  try
    let said = json_decode(a:line)
  catch
    return
  endtry
  if type(said) != v:t_dict || get(said, 'v') != 1
    return
  endif
  if get(said, 'answer', '') ==# 'refused'
    call s:tell(get(said, 'why', ''))
  elseif get(said, 'answer', '') ==# 'shown'
    let s:shown = said
    call s:mark()
    call s:go_when_open()
  endif
endfunction

" The side on which a file is shown, and the line that is read there; an empty side where it is not.
function! s:read_in(file) abort
  if s:shown is v:null || empty(a:file)
    return ['', 0]
  endif
  for side in ['left', 'right']
    let text = get(s:shown, side, v:null)
    if type(text) == v:t_dict && get(text, 'text', '') ==# a:file
      let line = get(text, 'line', v:null)
      return [side, type(line) == v:t_number ? line : 0]
    endif
  endfor
  return ['', 0]
endfunction

function! s:mark() abort
  for window in range(1, winnr('$'))
    let old = getwinvar(window, 'diptych_match', 0)
    if old
      silent! call matchdelete(old, win_getid(window))
      call setwinvar(window, 'diptych_match', 0)
    endif
    let [side, line] = s:read_in(s:file(winbufnr(window)))
    if line
      call setwinvar(window, 'diptych_match', matchaddpos('DiptychRead', [line], 10, -1, {'window': win_getid(window)}))
    endif
  endfor
endfunction

" As the session names it: links in the folder's path resolved.
function! s:file(buffer) abort
  let name = bufname(a:buffer)
  return empty(name) ? '' : resolve(fnamemodify(name, ':p:h')) . '/' . fnamemodify(name, ':t')
endfunction

function! s:open(side) abort
  update
  let side = empty(a:side) ? 'left' : a:side
  let s:waiting = [s:file('%'), line('.')]
  call s:ask({'do': 'open', side: {'text': s:file('%')}})
endfunction

" A line can be gone to as soon as the text is open.
function! s:go_when_open() abort
  if s:waiting isnot v:null
    let [file, line] = s:waiting
    let side = s:read_in(file)[0]
    if !empty(side)
      let s:waiting = v:null
      call s:ask({'do': 'go', side: {'line': line}})
    endif
  endif
endfunction

function! s:here(quietly) abort
  " The cursor that stays where it is asks for nothing again.
  let here = [s:file('%'), line('.')]
  if !s:knows(a:quietly) || a:quietly && s:followed ==# here
    return
  endif
  let s:followed = here
  let side = s:read_in(s:file('%'))[0]
  if !empty(side)
    call s:ask({'do': 'go', side: {'line': line('.')}})
  elseif !a:quietly
    call s:tell('this file is not read there; :DiptychOpen opens it')
  endif
endfunction

function! s:follow() abort
  let s:follows = !s:follows
  augroup diptych_follow
    autocmd!
    if s:follows
      autocmd CursorHold * call s:here(1)
    endif
  augroup END
  call s:tell(s:follows ? 'the session goes along with the cursor' : 'the session stays where it is')
endfunction

function! s:show() abort
  if s:knows(0)
    let line = s:read_in(s:file('%'))[1]
    if line
      execute 'normal! ' . line . 'G'
    else
      call s:tell('this file is not read there, or its lines are not known')
    endif
  endif
endfunction

function! s:command(what, ...) abort
  let words = join(a:000, ' ')
  if index(['next', 'back', 'return'], a:what) >= 0
    call s:ask({'do': a:what})
  elseif a:what ==# 'topic'
    call s:ask({'do': 'topic', 'topic': empty(words) ? v:null : words})
  elseif a:what ==# 'stop'
    call s:ask({'do': 'stop', 'stop': str2nr(words)})
  elseif a:what ==# 'say'
    call s:ask({'do': 'say', 'words': words})
  else
    call s:tell('next, back, return, topic NAME, stop N, say WORDS')
  endif
endfunction

function! s:tell(words) abort
  echohl WarningMsg
  echomsg 'diptych: ' . a:words
  echohl None
  return 0
endfunction

command! -nargs=? -complete=customlist,s:sides DiptychOpen call s:open(<q-args>)
command! DiptychHere call s:here(0)
command! DiptychFollow call s:follow()
command! DiptychShow call s:show()
command! -nargs=+ Diptych call s:command(<f-args>)

function! s:sides(...) abort
  return ['left', 'right']
endfunction
