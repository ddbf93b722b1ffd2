package dev.holdfast.api.console;

import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** The console's style, script and logo below {@code /console/}, with a hash of each in its address, so that a browser keeps them. */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {
    private static final String[] PLACES = {
        "classpath:/static/console/",
        "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/",
        "classpath:/META-INF/resources/webjars/swagger-ui/5.32.14/"
    };

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/console/*.css", "/console/*.js", "/console/*.svg")
                .addResourceLocations(PLACES)
                .setCacheControl(
                        CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }
}
