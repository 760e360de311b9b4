#!/usr/local/bin/node
// `motown …` inside a container: docker exec <container> motown cluster status
import "/opt/motown/src/cli/main.ts";
