import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { visibleText } from './visible-text'

// Only the Element Plus components that a page names are bundled. The collector serves the result
// under `default-src 'self'`: no inline script, no eval, nothing from another host.
export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { nodeTransforms: [visibleText] } } }), Components({ resolvers: [ElementPlusResolver()], dts: 'src/components.d.ts' })],
  define: { __INTLIFY_JIT_COMPILATION__: true, __VUE_I18N_LEGACY_API__: false },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
})
