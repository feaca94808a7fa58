/** The styles every page needs, in the order they build on each other. */
import "./tokens.css";
import "./tokens-dark.css";
import "./scale.css";
import "./base.css";
import "./controls.css";
import "./parts.css";
