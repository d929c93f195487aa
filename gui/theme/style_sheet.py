"""The style sheet; @names are replaced by the theme's colours."""

SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog { background: @surface; }
QToolTip {
    background: @raised; color: @text; border: 1px solid @line; padding: 6px 8px;
}

QFrame[pane="true"] { background: @raised; border-radius: 10px; }
QLabel { background: transparent; }
QLabel[type="caption"] { font-size: 11px; color: @quiet; }
QLabel[type="quiet"] { color: @quiet; }
QLabel[type="title"] { font-weight: 600; }
QLabel[type="headline"] { font-size: 28px; font-weight: 300; }
QLabel[type="key"] {
    font-size: 11px; color: @quiet; border: 1px solid @line; border-radius: 6px; padding: 2px 6px;
}
QLabel[type="code"] {
    font-family: monospace; background: @sunken; border-radius: 6px; padding: 8px;
}
QLabel:disabled { color: @outline; }

QPushButton, QToolButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit {
    min-height: 30px; border: 1px solid @outline; border-radius: 8px;
    background: @raised; color: @text; padding: 0 12px;
}
QAbstractSpinBox, QLineEdit { padding: 0 8px; selection-background-color: @accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; }
QAbstractSpinBox QLineEdit { min-height: 0; border: none; padding: 0 8px; background: transparent; }
QAbstractSpinBox QLineEdit:focus { border: none; }
QPlainTextEdit { padding: 8px; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { background: @line; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {
    border-color: @line; color: @outline;
}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus,
QPlainTextEdit:focus, QListWidget:focus, QTextBrowser:focus {
    border: 2px solid @accent; padding-left: 7px; padding-right: 7px;
}
QPushButton:focus { padding-left: 11px; padding-right: 11px; }
QComboBox:focus { padding-left: 11px; padding-right: 11px; }

QPushButton[type="primary"] {
    background: @accent; color: @on_accent; border-color: @accent; font-weight: 600;
}
QPushButton[type="primary"]:hover { background: @text; color: @surface; border-color: @text; }
QPushButton[type="primary"]:disabled { background: @line; color: @quiet; border-color: @line; }
QPushButton[type="primary"]:focus, QPushButton[type="live"]:focus { border-color: @text; }
QPushButton[type="live"] {
    background: @live; color: @on_live; border-color: @live; font-weight: 600;
}
QPushButton[type="live"]:hover { background: @raised; color: @text; border-color: @live; }
QPushButton[type="warning"], QToolButton[type="warning"] {
    background: @warning; color: @on_warning; border-color: @warning; font-weight: 600;
}
QPushButton[type="field"] { text-align: left; }
QPushButton[type="link"] {
    border-color: transparent; background: transparent; color: @accent; padding: 0 4px;
    text-align: left;
}
QPushButton[type="link"]:hover { text-decoration: underline; }
QPushButton[type="link"]:focus { border: 2px solid @accent; padding: 0 3px; }

QToolButton { padding: 0; min-width: 30px; border-color: transparent; background: transparent; }
QToolButton:focus { padding: 0; }
QToolButton[with_text="true"] { padding: 0 10px 0 6px; }
QToolButton:checked { background: @accent; color: @on_accent; border-color: @accent; }
QToolButton[plain="true"] { padding: 0 10px 0 0; }
QToolButton[plain="true"]:checked {
    background: transparent; color: @text; border-color: transparent;
}
QToolButton[upon="true"] { background: rgba(12, 13, 16, 150); border-radius: 8px; }
QToolButton[upon="true"]:hover { background: rgba(12, 13, 16, 220); }
QToolButton[upon="true"]:checked { background: @accent; }
QToolButton:focus, QToolButton[plain="true"]:focus { border: 2px solid @accent; }
QToolButton:disabled { border-color: transparent; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; }

QComboBox { padding: 0 12px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(icons:chevron-@scheme.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QMenu {
    background: @raised; border: 1px solid @outline; border-radius: 8px; padding: 4px;
    selection-background-color: @accent; selection-color: @on_accent; outline: 0;
}
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; }
QMenu::item { padding: 7px 28px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: @accent; color: @on_accent; }
QMenu::item:disabled { color: @outline; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 32px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid @outline; border-radius: 5px; background: @raised;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
    image: url(icons:check-@scheme.svg); }
QRadioButton::indicator:checked { background: @accent; border: 4px solid @raised;
    outline: 1px solid @accent; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid @accent; }

QSlider { min-height: 32px; background: transparent; border-radius: 8px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @outline; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -7px 0; border-radius: 9px;
    background: @raised; border: 2px solid @accent;
}
QSlider::handle:horizontal:hover { background: @accent; }
QSlider::handle:horizontal:focus {
    background: @accent; border: 3px solid @text; width: 14px; height: 14px;
}
QSlider::sub-page:horizontal:disabled { background: @outline; }
QSlider::handle:horizontal:disabled { border-color: @outline; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { width: 8px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 8px; background: transparent; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListWidget, QTextBrowser, QTableWidget {
    background: @raised; border: 1px solid @line; border-radius: 8px; padding: 4px; outline: 0;
}
QListWidget::item { min-height: 32px; border-radius: 6px; padding: 0 8px; }
QListWidget::item:selected { background: @accent; color: @on_accent; }

QTabWidget::pane { border: none; }
QTabBar::tab {
    min-height: 32px; padding: 0 14px; color: @quiet; background: transparent;
    border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
QProgressBar {
    border: none; border-radius: 3px; background: @line; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
"""
