package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI description says beside the endpoints; the same wherever the service runs, so that it can be checked in. */
@Configuration(proxyBeanMethods = false)
class OpenApiSetup {

    @Bean
    OpenApiCustomizer description() {
        return description -> {
            description.info(new Info()
                    .title("Holdfast")
                    .version("v1")
                    .description(
                            "Backups of PostgreSQL databases and the media beside them. Every request carries a token of the page"
                                    + " /tokens, or the local one. Times are RFC 3339 in UTC, sizes are"
                                    + " bytes. Unknown fields and parameters are refused. What is refused is answered with a Problem"
                                    + " (RFC 9457).")
                    .license(new License().name("Apache 2.0").identifier("Apache-2.0")));
            description.servers(List.of(new Server().url("/").description("This instance")));
            description
                    .getComponents()
                    .addSecuritySchemes(
                            "token",
                            new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
            description.addSecurityItem(new SecurityRequirement().addList("token"));
            addProblem(description);
            CommonExamples.addTo(description);
            ParameterTexts.addTo(description);
        };
    }

    private static void addProblem(OpenAPI description) {
        ModelConverters.getInstance(true).readAll(Problem.class).forEach(description.getComponents()::addSchemas);
        var problem = new Schema<>().$ref("#/components/schemas/Problem");
        var refused = new ApiResponse()
                .description("The request is refused")
                .content(new Content().addMediaType(Problem.JSON.toString(), new MediaType().schema(problem)));
        description
                .getPaths()
                .values()
                .forEach(path -> path.readOperations()
                        .forEach(operation -> operation.getResponses().addApiResponse("default", refused)));
    }
}
