{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{TITLE}}</title>
{{#DESCRIPTION}}<meta name="description" content="{{DESCRIPTION}}">{{/DESCRIPTION}}
{{#KEYWORDS}}<meta name="keywords" content="{{KEYWORDS}}">{{/KEYWORDS}}
<meta name="robots" content="{{ROBOTS}}">
<meta name="theme-color" content="{{THEME_COLOR}}">
<meta name="referrer" content="strict-origin-when-cross-origin">
<meta name="format-detection" content="telephone=no">
{{#CANONICAL}}<link rel="canonical" href="{{URL}}">{{/CANONICAL}}
{{#CARD}}
<meta property="og:type" content="{{TYPE}}">
<meta property="og:site_name" content="{{SITE_NAME}}">
<meta property="og:title" content="{{TITLE}}">
<meta property="og:url" content="{{URL}}">
{{#DESCRIPTION}}<meta property="og:description" content="{{DESCRIPTION}}">{{/DESCRIPTION}}
<meta name="twitter:card" content="{{CARD_KIND}}">
{{#IMAGE}}<meta property="og:image" content="{{IMAGE}}">
{{#IMAGE_ALT}}<meta property="og:image:alt" content="{{IMAGE_ALT}}">{{/IMAGE_ALT}}{{/IMAGE}}
{{/CARD}}
<link rel="icon" href="{{ICON}}" type="image/svg+xml">
{{#FONT}}<link rel="preload" href="{{HREF}}" as="font" type="font/woff2" crossorigin>{{/FONT}}
<style>{{STYLE:none}}</style>
{{#SCRIPT}}<script src="{{SRC}}" defer></script>{{/SCRIPT}}
{{#JSON_LD}}<script type="application/ld+json">{{JSON:none}}</script>{{/JSON_LD}}
</head>
<body class="{{BODY_CLASS}}"{{#VISIT}} data-hero="{{HERO}}" data-tests="{{TESTS}}"{{#ELEMENTS}} data-elements="{{ELEMENTS}}"{{/ELEMENTS}}{{/VISIT}}>
{{BODY:none}}
</body>
</html>
