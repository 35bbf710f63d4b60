import './geometry';
import './fonts.css';
import './tokens.css';
import './frame.css';
import './text.css';
import './kinds.css';
import './figures.css';
import './lines.css';
