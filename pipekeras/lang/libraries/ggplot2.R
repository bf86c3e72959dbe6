# ggplot2: plots are put together and not drawn, which is said once.

.layer <- function(...) structure(list(), class = c("layer", "gg"))

.names <- scan(quiet = TRUE, what = "", text = "
  aes_ aes_string after_scale after_stat annotate annotation_custom annotation_logticks annotation_map
  annotation_raster arrow autolayer borders coord_cartesian coord_equal coord_fixed coord_flip coord_map
  coord_munch coord_polar coord_quickmap coord_sf coord_trans cut_width dup_axis element_blank element_grob
  element_line element_rect element_render element_text expand_limits expand_scale expansion facet_grid
  facet_null facet_wrap fortify geom_abline geom_area geom_bar geom_bin2d geom_bin_2d geom_blank
  geom_boxplot geom_col geom_contour geom_contour_filled geom_count geom_crossbar geom_curve geom_density
  geom_density2d geom_density2d_filled geom_density_2d geom_density_2d_filled geom_dotplot geom_errorbar
  geom_errorbarh geom_freqpoly geom_function geom_hex geom_histogram geom_hline geom_jitter geom_label
  geom_line geom_linerange geom_map geom_path geom_point geom_pointrange geom_polygon geom_qq geom_qq_line
  geom_quantile geom_raster geom_rect geom_ribbon geom_rug geom_segment geom_sf geom_sf_label geom_sf_text
  geom_smooth geom_spoke geom_step geom_text geom_tile geom_violin geom_vline ggproto ggtitle guide_axis
  guide_bins guide_colorbar guide_colorsteps guide_colourbar guide_coloursteps guide_gengrob guide_geom
  guide_legend guide_merge guide_none guide_train guide_transform guides label_both label_bquote
  label_context label_parsed label_value label_wrap_gen labeller labs layer lims margin position_dodge
  position_dodge2 position_fill position_identity position_jitter position_jitterdodge position_nudge
  position_stack rel scale_alpha scale_alpha_binned scale_alpha_continuous scale_alpha_date
  scale_alpha_datetime scale_alpha_discrete scale_alpha_identity scale_alpha_manual scale_alpha_ordinal
  scale_color_binned scale_color_brewer scale_color_continuous scale_color_date scale_color_datetime
  scale_color_discrete scale_color_distiller scale_color_fermenter scale_color_gradient
  scale_color_gradient2 scale_color_gradientn scale_color_grey scale_color_hue scale_color_identity
  scale_color_manual scale_color_ordinal scale_color_steps scale_color_steps2 scale_color_stepsn
  scale_color_viridis_b scale_color_viridis_c scale_color_viridis_d scale_colour_binned scale_colour_brewer
  scale_colour_continuous scale_colour_date scale_colour_datetime scale_colour_discrete
  scale_colour_distiller scale_colour_fermenter scale_colour_gradient scale_colour_gradient2
  scale_colour_gradientn scale_colour_grey scale_colour_hue scale_colour_identity scale_colour_manual
  scale_colour_ordinal scale_colour_steps scale_colour_steps2 scale_colour_stepsn scale_colour_viridis_b
  scale_colour_viridis_c scale_colour_viridis_d scale_continuous_identity scale_discrete_identity
  scale_discrete_manual scale_fill_binned scale_fill_brewer scale_fill_continuous scale_fill_date
  scale_fill_datetime scale_fill_discrete scale_fill_distiller scale_fill_fermenter scale_fill_gradient
  scale_fill_gradient2 scale_fill_gradientn scale_fill_grey scale_fill_hue scale_fill_identity
  scale_fill_manual scale_fill_ordinal scale_fill_steps scale_fill_steps2 scale_fill_stepsn
  scale_fill_viridis_b scale_fill_viridis_c scale_fill_viridis_d scale_linetype scale_linetype_binned
  scale_linetype_continuous scale_linetype_discrete scale_linetype_identity scale_linetype_manual
  scale_linewidth scale_linewidth_binned scale_linewidth_continuous scale_linewidth_date
  scale_linewidth_datetime scale_linewidth_discrete scale_linewidth_identity scale_linewidth_manual
  scale_linewidth_ordinal scale_radius scale_shape scale_shape_binned scale_shape_continuous
  scale_shape_discrete scale_shape_identity scale_shape_manual scale_shape_ordinal scale_size
  scale_size_area scale_size_binned scale_size_binned_area scale_size_continuous scale_size_date
  scale_size_datetime scale_size_discrete scale_size_identity scale_size_manual scale_size_ordinal
  scale_type scale_x_binned scale_x_continuous scale_x_date scale_x_datetime scale_x_discrete scale_x_log10
  scale_x_reverse scale_x_sqrt scale_x_time scale_y_binned scale_y_continuous scale_y_date scale_y_datetime
  scale_y_discrete scale_y_log10 scale_y_reverse scale_y_sqrt scale_y_time sec_axis stage stat_align
  stat_bin stat_bin2d stat_bin_2d stat_bin_hex stat_binhex stat_boxplot stat_contour stat_contour_filled
  stat_count stat_density stat_density2d stat_density2d_filled stat_density_2d stat_density_2d_filled
  stat_ecdf stat_ellipse stat_function stat_identity stat_qq stat_qq_line stat_quantile stat_sf
  stat_sf_coordinates stat_smooth stat_spoke stat_sum stat_summary stat_summary2d stat_summary_2d
  stat_summary_bin stat_summary_hex stat_unique stat_ydensity theme theme_bw theme_classic theme_dark
  theme_gray theme_grey theme_light theme_linedraw theme_minimal theme_test theme_void unit vars waiver xlab
  xlim ylab ylim
")

for (.name in .names) assign(.name, .layer)

aes <- function(x, y, ...) structure(as.list(match.call(expand.dots = TRUE))[-1L], class = "uneval")

ggplot <- function(data = NULL, mapping = aes(), ..., environment = parent.frame()) {
  structure(list(data = data, layers = list(), mapping = mapping), class = c("gg", "ggplot"))
}

qplot <- function(x, y, ..., data) ggplot(if (missing(data)) NULL else data)

quickplot <- qplot

autoplot <- function(object, ...) UseMethod("autoplot")

autoplot.default <- function(object, ...) ggplot(NULL)

.add <- function(e1, e2) {
  force(e2)
  if (!missing(e2) && inherits(e1, "ggplot")) e1$layers <- c(e1$layers, list(e2))
  e1
}

print.ggplot <- function(x, ...) {
  graphics::plot.new()
  invisible(x)
}

is.ggplot <- function(x) inherits(x, "ggplot")

ggsave <- function(filename, plot = last_plot(), device = NULL, path = NULL, scale = 1, width = NA, height = NA, ...) {
  graphics::plot.new()
  invisible(filename)
}

last_plot <- function() invisible(NULL)

theme_set <- theme_update <- theme_replace <- function(...) invisible(.layer())

theme_get <- function() .layer()

registerS3method("+", "gg", .add)
registerS3method("print", "ggplot", print.ggplot)
registerS3method("plot", "ggplot", print.ggplot)
registerS3method("autoplot", "default", autoplot.default)
