import '../styles/weapp.css'
