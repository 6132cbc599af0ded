# A survey file with value labels, a declared missing code and a variable label, for SPSS and for Stata.
library(haven)
folder <- commandArgs(trailingOnly = TRUE)[1]
sex <- c(rep(c(1, 2), 20), rep(9, 10))
labels <- c(Male = 1, Female = 2, "No answer" = 9)
born <- rep(c(276, 250, 276, 250, 276), 10)
countries <- c(Germany = 276, France = 250, Malta = 470)
table <- function(sex) data.frame(sex = sex, born_in = labelled(born, countries, label = "Country of birth"), amount = seq(0.5, 25, 0.5))
write_sav(table(labelled_spss(sex, labels, na_values = 9)), file.path(folder, "survey.sav"))
write_dta(table(labelled(sex, labels)), file.path(folder, "survey.dta"))
