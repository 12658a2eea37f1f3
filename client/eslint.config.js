import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', 'e2e/node_modules/**', 'e2e/shots/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['scripts/**', 'e2e/**', 'build/**', '*.config.*'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig }
    }
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // The rule knows SvelteKit's resolve(); this client has its own router.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  { files: ['scripts/**', 'e2e/**'], rules: { 'no-console': 'off' } }
)
