import { mount } from 'svelte'
import './ui/tokens.css'
import './ui/base.css'
import './app.css'
import App from './App.svelte'
import { pageClient } from './client/client'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no place for the app')

mount(App, { target, props: { client: pageClient() } })
