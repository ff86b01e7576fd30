import { satteri } from '@astrojs/markdown-satteri';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { contentSecurityPolicy } from './src/site/integrations/content-security-policy.ts';
import { lazyStyles } from './src/site/integrations/lazy-styles.ts';
import { baseLinks } from './src/site/markdown/base-links.ts';
import { lessonComponents } from './src/site/markdown/lesson-components.ts';
import { mermaidDiagrams } from './src/site/mermaid/mermaid-diagrams.ts';

const base = process.env.BASE ?? '/';

export default defineConfig({
  srcDir: './src/site',
  base,
  site: process.env.SITE,
  prefetch: false,
  markdown: {
    // Authors write real quotation marks and dashes; Kubernetes' messages must stay as they are.
    processor: satteri({
      mdastPlugins: [mermaidDiagrams(), lessonComponents],
      hastPlugins: [baseLinks(base)],
      features: { smartPunctuation: false },
    }),
    shikiConfig: { theme: 'css-variables' },
  },
  vite: {
    build: {
      rolldownOptions: {
        onLog(level, log, handler) {
          // Astro marks each MDX page with a directive that the bundler does not know and rightly leaves alone.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
        },
      },
    },
  },
  integrations: [
    starlight({
      title: '패킷의 길',
      description: '쿠버네티스 서비스로 보낸 패킷이 실제로 지나는 길을 따라가는 강의입니다.',
      locales: { root: { label: '한국어', lang: 'ko' } },
      sidebar: [],
      pagination: false,
      credits: false,
      disable404Route: true,
      expressiveCode: false,
      markdown: { processedDirs: ['./content'], headingLinks: false },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 2 },
      customCss: [
        './src/site/styles/tokens.css',
        './src/site/styles/base.css',
        './src/site/styles/header.css',
        './src/site/styles/prose.css',
        './src/site/styles/lesson.css',
        './src/site/styles/reference.css',
        './src/site/styles/print.css',
      ],
      // The frame is ours (src/site/README.md); Starlight brings routes, head, list of sections and search index.
      components: {
        ContentPanel: './src/site/starlight/ContentPanel.astro',
        Footer: './src/site/starlight/Footer.astro',
        Header: './src/site/starlight/Header.astro',
        MarkdownContent: './src/site/starlight/MarkdownContent.astro',
        PageFrame: './src/site/starlight/PageFrame.astro',
        PageSidebar: './src/site/starlight/PageSidebar.astro',
        PageTitle: './src/site/starlight/PageTitle.astro',
        SkipLink: './src/site/components/SkipLink.astro',
        ThemeProvider: './src/site/components/SchemeScript.astro',
        TwoColumnContent: './src/site/starlight/TwoColumnContent.astro',
      },
    }),
    preact(),
    lazyStyles(),
    contentSecurityPolicy(),
  ],
});
