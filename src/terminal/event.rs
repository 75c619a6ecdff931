//! From the terminal's events to messages.

use std::time::Duration;

use crossterm::event::{self, Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use super::Io;
use super::ground::Listener;
use crate::app::key::{Key, KeyCode, Named};
use crate::app::message::{MouseAct, Msg};

/// Takes in every event there is, without waiting for more.
pub fn drain(listener: &mut Listener, messages: &mut Vec<Msg>) -> Io<()> {
    while event::poll(Duration::ZERO)? {
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                if let Some(key) = translate(key) {
                    listener.hear(key, messages);
                }
            }
            Event::Paste(text) => messages.push(Msg::Paste(text)),
            Event::Mouse(mouse) => {
                let act = match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => MouseAct::Click,
                    MouseEventKind::ScrollUp => MouseAct::WheelUp,
                    MouseEventKind::ScrollDown => MouseAct::WheelDown,
                    _ => continue,
                };
                messages.push(Msg::Mouse { act, column: mouse.column, row: mouse.row });
            }
            Event::Resize(columns, rows) => messages.push(Msg::Resize(columns.max(1), rows.max(1))),
            _ => {}
        }
    }
    Ok(())
}

/// The session's key for a terminal's, where it has one.
fn translate(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::F(n) => KeyCode::Function(n),
        Code::Enter => KeyCode::Named(Named::Enter),
        Code::Esc => KeyCode::Named(Named::Esc),
        Code::Tab => KeyCode::Named(Named::Tab),
        Code::BackTab => KeyCode::Named(Named::BackTab),
        Code::Backspace => KeyCode::Named(Named::Backspace),
        Code::Up => KeyCode::Named(Named::Up),
        Code::Down => KeyCode::Named(Named::Down),
        Code::Left => KeyCode::Named(Named::Left),
        Code::Right => KeyCode::Named(Named::Right),
        Code::Home => KeyCode::Named(Named::Home),
        Code::End => KeyCode::Named(Named::End),
        Code::PageUp => KeyCode::Named(Named::PageUp),
        Code::PageDown => KeyCode::Named(Named::PageDown),
        Code::Insert => KeyCode::Named(Named::Insert),
        Code::Delete => KeyCode::Named(Named::Delete),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let code = match code {
        KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        other => other,
    };
    Some(Key { code, ctrl, alt })
}
