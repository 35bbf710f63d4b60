import './geometry';
import './fonts.css';
import './tokens.css';
import './frame.css';
import './text.css';
import './chinese.css';
import './kinds.css';
import './figures.css';
