import '../styles/mini.css'
